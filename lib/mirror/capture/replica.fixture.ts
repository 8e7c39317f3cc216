/** A viewer without a screen: applies frames strictly, as the wire says, and writes what it holds as an outline. */
import { gunzipSync } from "node:zlib";
import { hashLists } from "../wire/list-hash";
import type { NodeId, NodeRow, PageCheck, PageDelta, PageFacts } from "../wire/page-message";
import { fromRelativeIds } from "../wire/relative-ids";
import { decodeStreamFrame, type StreamKind } from "../wire/stream-frame";

export interface ReadFrame {
  readonly kind: StreamKind;
  readonly epoch: number;
  readonly seq: number;
  readonly text: string;
  readonly bytes: Buffer;
}

export function readFrame(base64: string): ReadFrame {
  const frame = decodeStreamFrame(Buffer.from(base64, "base64"));
  if (!frame) throw new Error("No frame of this version.");
  const { kind, epoch, seq, payload, gzipped } = frame;
  const bytes = gzipped ? gunzipSync(payload) : Buffer.from(payload);
  return { kind, epoch, seq, text: kind === "asset" ? "" : bytes.toString(), bytes };
}

/** Our own capture's: its form is what these tests are about. */
const readDelta = (text: string): PageDelta => fromRelativeIds(JSON.parse(text)) as PageDelta;

export class Replica {
  readonly nodes = new Map<NodeId, NodeRow>();
  readonly lists = new Map<NodeId, NodeId[]>();
  readonly roots = new Map<NodeId, NodeId>();
  readonly rules = new Map<NodeId, string[]>();
  readonly adopted = new Map<NodeId, NodeId[]>();
  readonly attributes = new Map<NodeId, Map<string, string>>();
  readonly fields = new Map<NodeId, readonly unknown[]>();
  readonly scrolls = new Map<NodeId, readonly [number, number]>();
  readonly pictures = new Map<NodeId, string>();
  readonly animations = new Map<NodeId, unknown[]>();
  readonly media = new Map<NodeId, readonly unknown[]>();
  last: Partial<PageDelta> = {};
  page: PageFacts | null = null;
  epoch = -1;
  seq = -1;
  checks = 0;

  receive(frame: ReadFrame): void {
    if (frame.epoch < this.epoch) throw new Error(`epoch ${frame.epoch} after ${this.epoch}`);
    if (frame.kind === "full") {
      for (const map of Object.values(this)) if (map instanceof Map) map.clear();
      this.last = {};
      this.epoch = frame.epoch;
      this.seq = frame.seq;
      this.apply(readDelta(frame.text));
    } else if (frame.kind === "delta") {
      if (frame.epoch !== this.epoch || frame.seq !== this.seq + 1)
        throw new Error(`delta ${frame.epoch}.${frame.seq} after ${this.epoch}.${this.seq}`);
      this.seq = frame.seq;
      this.apply(readDelta(frame.text));
    } else if (frame.kind === "check") this.check(JSON.parse(frame.text));
  }

  private check({ seq, nodes, slice, hash }: PageCheck): void {
    if (seq !== this.seq) return;
    let count = 0;
    for (const list of this.lists.values()) count += list.length;
    if (count !== nodes) throw new Error(`${nodes} nodes told, ${count} here`);
    if (hashLists([...this.lists].filter(([id]) => id % 16 === slice)) !== hash)
      throw new Error("other lists");
    this.checks++;
  }

  private known(id: NodeId): NodeRow {
    const row = this.nodes.get(id);
    if (!row) throw new Error(`unknown node ${id}`);
    return row;
  }

  private apply(delta: PageDelta): void {
    for (const row of delta.n ?? []) {
      if (this.nodes.has(row[0])) throw new Error(`node ${row[0]} told twice`);
      this.nodes.set(row[0], row);
      if (row[1] === 1) {
        const pairs: [string, string][] = [];
        for (let i = 0; i < row[4].length; i += 2) pairs.push([row[4][i] ?? "", row[4][i + 1] ?? ""]);
        this.attributes.set(row[0], new Map(pairs));
      }
      if (row[1] === 4) this.rules.set(row[0], [...row[4]]);
    }
    for (const [owner, start, deleted, ...ids] of delta.k ?? []) {
      this.known(owner);
      const list = this.lists.get(owner) ?? [];
      if (start + deleted > list.length) throw new Error("splice beyond the end");
      list.splice(start, deleted, ...ids);
      for (const id of ids) this.known(id);
      this.lists.set(owner, list);
    }
    for (const [host, root] of delta.h ?? []) {
      this.known(host);
      if (root) this.roots.set(host, this.known(root)[0]);
      else this.roots.delete(host);
    }
    this.bury();
    for (const [id, name, value] of delta.a ?? []) {
      this.known(id);
      if (value === null) this.attributes.get(id)?.delete(name);
      else this.attributes.get(id)?.set(name, value);
    }
    for (const [id, text] of delta.x ?? []) {
      this.known(id);
      this.nodes.set(id, [id, 3, text]);
    }
    for (const [owner, start, deleted, ...told] of delta.r ?? []) {
      const rules = this.rules.get(owner) ?? [];
      if (start + deleted > rules.length) throw new Error("rules beyond the end");
      rules.splice(start, deleted, ...told);
      this.rules.set(owner, rules);
    }
    for (const row of delta.m ?? []) this.media.set(row[0], row.slice(1));
    for (const [id, ...sheets] of delta.d ?? []) this.adopted.set(this.known(id)[0], sheets);
    for (const row of delta.v ?? []) this.fields.set(this.known(row[0])[0], row.slice(1));
    for (const [id, x, y] of delta.s ?? []) this.scrolls.set(this.known(id)[0], [x, y]);
    for (const [id, , key] of delta.p ?? []) this.pictures.set(this.known(id)[0], key);
    for (const [id, ...row] of delta.w ?? [])
      this.animations.set(this.known(id)[0], [...(this.animations.get(id) ?? []), row]);
    for (const [id] of delta.t ?? []) this.known(id);
    for (const id of delta.f?.slice(0, 3) ?? []) if (id) this.known(id);
    this.last = { ...this.last, ...delta };
    this.page = delta.page ?? this.page;
  }

  /** What is reachable from the document stays. */
  private bury(): void {
    const alive = new Set<NodeId>();
    const waiting: NodeId[] = [1];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (alive.has(id)) throw new Error(`node ${id} in two lists`);
      alive.add(id);
      waiting.push(...(this.lists.get(id) ?? []));
      const root = this.roots.get(id);
      if (root) waiting.push(root);
    }
    for (const id of this.nodes.keys()) {
      if (alive.has(id)) continue;
      for (const map of [
        this.nodes,
        this.lists,
        this.roots,
        this.attributes,
        this.fields,
        this.scrolls,
        this.adopted,
      ])
        map.delete(id);
    }
  }

  /** One node a line, indented: for reading in a test. */
  outline(from: NodeId = 1, indent = ""): string {
    const row = this.nodes.get(from);
    if (!row) return "";
    const field = this.fields.get(from);
    const attributes = [...(this.attributes.get(from) ?? [])]
      .map(([name, value]) => ` ${name}="${value}"`)
      .join("");
    const line =
      row[1] === 1
        ? `<${row[2]}${attributes}>${field ? ` ${JSON.stringify(field)}` : ""}`
        : row[1] === 2
          ? `[box ${row[2]} ${row[3]}x${row[4]} ${row[5]}]`
          : row[1] === 3
            ? JSON.stringify(row[2])
            : row[1] === 4
              ? `{${this.rules.get(from)?.join(" ")}}`
              : row[1] === 9
                ? "#document"
                : "#shadow";
    const isBlank = row[1] === 3 && !row[2].trim();
    const root = this.roots.get(from);
    const inner = [...(root ? [root] : []), ...(this.lists.get(from) ?? [])]
      .map((id) => this.outline(id, `${indent} `))
      .join("");
    return (isBlank ? "" : `${indent}${line}\n`) + inner;
  }
}
