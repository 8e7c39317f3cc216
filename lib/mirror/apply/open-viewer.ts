/**
 * The agent's side of the mirror: takes stream frames in order, and keeps a replica of the page in a frame without scripts.
 * It believes nothing that a frame says: a wrong one is dropped, and everything asked for anew. Knows no socket and no desk.
 */
import type { NodeId, PageFacts } from "../wire/page-message";
import { decodeStreamFrame, type StreamFrame } from "../wire/stream-frame";
import { type FieldFacts, fieldFacts } from "./fields";
import { MAX_SHOWN_CHARS, MAX_WAITING_BYTES, MAX_WORK_MS, OVERLOAD_MS } from "./limits";
import { openPlaces, type Places } from "./places";
import { isCheck, isCursor, isDelta, isFull } from "./read-delta";
import { readAsset, readPayload } from "./read-payload";
import { openReplica, type Replica } from "./replica";
import { openResync } from "./resync";
import { openSlices } from "./slices";

export interface ViewerOptions {
  /** sandbox="allow-same-origin", about:blank, already in a document. */
  readonly frame: HTMLIFrameElement;
  readonly onPage: (facts: PageFacts) => void;
  readonly onApplied: (epoch: number, seq: number) => void;
  /** At most once in two seconds. */
  readonly onResync: (epoch: number) => void;
  readonly onWantAsset: (key: string) => void;
  /** Viewport CSS pixels of the page. */
  readonly onCursor: (x: number, y: number) => void;
  /** The small word on a box, by the reason that capture gives; none by default. */
  readonly wordFor?: (why: string) => string;
}

export interface Viewer {
  /** Never throws. */
  receive(frame: Uint8Array): void;
  wipe(): void;
  /** A point of the page's viewport → the node there, as the wire names places. Null: nothing there. */
  placeAt(x: number, y: number): { epoch: number; node: NodeId; fx: number; fy: number } | null;
  /** Back again; null when the node is gone or has no box. */
  pointOf(node: NodeId, fx: number, fy: number): { x: number; y: number } | null;
  boxOf(node: NodeId): DOMRectReadOnly | null;
  /** What an agent's click or key would act on. */
  fieldAt(node: NodeId): FieldFacts | null;
  /** Bytes of what the replica shows, as in `Assets`. */
  readonly assets: Replica["assets"];
  /** How far the page is scrolled, CSS pixels. */
  scrollOf(): { x: number; y: number };
  close(): void;
}

/** Marks that turn the reading direction: a title or address must not look like another. */
const BIDI_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const shown = (text: string) => text.replace(BIDI_MARKS, "").slice(0, MAX_SHOWN_CHARS);

export function openViewer(options: ViewerOptions): Viewer {
  const slices = openSlices();
  const resync = openResync(options.onResync);
  const replica = openReplica(options.frame, options.onWantAsset, options.wordFor ?? (() => ""));
  const places: Places = openPlaces(replica.nodes, replica.document);
  let queue: StreamFrame[] = [];
  let waiting = 0;
  let isPumping = false;
  /** Raised by whatever makes work that has begun worthless. */
  let life = 0;
  let epoch = -1;
  /** Newest that was applied; null while everything has to come anew. */
  let seq: number | null = null;
  let facts: PageFacts | null = null;
  let overloadedAt = -OVERLOAD_MS;
  /** Too heavy until the next page. */
  let refused = -1;

  const lose = (of: number) => {
    seq = null;
    resync.ask(of);
  };
  const tell = (page: PageFacts) => {
    const url = /^https?:\/\//i.test(page.url) ? shown(page.url) : "";
    facts = { ...page, url, title: shown(page.title) };
    options.onPage(facts);
  };
  const wipe = () => {
    life++;
    queue = [];
    waiting = 0;
    seq = null;
    replica.wipe();
  };
  const reset = () => {
    wipe();
    resync.settle();
    epoch = -1;
    refused = -1;
    overloadedAt = -OVERLOAD_MS;
  };
  /** Once it may be chance; twice it is the page. */
  const overload = (of: number) => {
    wipe();
    const again = performance.now() - overloadedAt < OVERLOAD_MS;
    overloadedAt = performance.now();
    if (!again) return lose(of);
    refused = of;
    options.onPage({ ...(facts ?? { w: 0, h: 0, url: "", title: "" }), mode: "too-heavy" });
  };

  /** @returns whether the replica now is what the sender has */
  async function work(of: number, steps: Generator<void>): Promise<boolean> {
    const mine = life;
    let isHeavy = false;
    const worked = await slices.run(steps, (spent) => {
      isHeavy = spent > MAX_WORK_MS;
      return mine === life && !isHeavy;
    });
    if (isHeavy || (worked ?? 0) > MAX_WORK_MS) overload(of);
    return mine === life && worked !== null;
  }

  async function take(frame: StreamFrame, value: unknown): Promise<void> {
    if (frame.kind === "asset") {
      const asset = readAsset(frame.payload);
      if (asset && frame.epoch === epoch) replica.asset(asset);
      return;
    }
    if (frame.epoch < epoch || frame.epoch === refused) return;
    const sameEpoch = frame.epoch === epoch;
    const applied = sameEpoch ? seq : null;
    if (frame.kind === "check") {
      if (applied === null || !isCheck(value) || value.seq < applied) return;
      if (value.seq > applied || !replica.agrees(value)) lose(frame.epoch);
      return;
    }
    // A copy; or somebody else missed something, and we did not.
    if (applied !== null && frame.seq <= applied) return;
    if (frame.kind === "full" && isFull(value)) {
      epoch = frame.epoch;
      seq = null;
      tell(value.page);
      if (!(await work(frame.epoch, replica.full(value, sameEpoch)))) return;
    } else if (frame.kind === "delta" && isDelta(value) && applied !== null && frame.seq === applied + 1) {
      if (!(await work(frame.epoch, replica.delta(value)))) return;
      if (value.page) tell(value.page);
    } else return lose(frame.epoch);
    seq = frame.seq;
    resync.settle();
    options.onApplied(epoch, seq);
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    for (let frame = queue.shift(); frame; frame = queue.shift()) {
      waiting -= frame.payload.byteLength;
      const mine = life;
      const value = frame.kind === "asset" ? undefined : await readPayload(frame);
      if (mine !== life) continue;
      try {
        await take(frame, value);
      } catch (error) {
        // Lost, or something that this browser refuses: both mean that the replica is not the page any more.
        if (mine === life) (frame.kind === "full" ? overload : lose)(frame.epoch);
        if (!(error instanceof DOMException)) reportError(error);
      }
    }
    isPumping = false;
  }

  function moveCursor(payload: Uint8Array, of: number): void {
    if (of !== epoch) return;
    try {
      const cursor: unknown = JSON.parse(new TextDecoder().decode(payload));
      if (isCursor(cursor)) options.onCursor(cursor[0], cursor[1]);
    } catch {
      // The next one is 30 ms away.
    }
  }

  return {
    receive(bytes) {
      const frame = decodeStreamFrame(bytes);
      if (!frame) return;
      if (frame.kind === "cursor") return moveCursor(frame.payload, frame.epoch);
      waiting += frame.payload.byteLength;
      if (waiting > MAX_WAITING_BYTES) {
        wipe();
        return lose(frame.epoch);
      }
      queue.push(frame);
      void pump();
    },
    wipe: reset,
    placeAt(x, y) {
      const place = places.placeAt(x, y);
      return place && { epoch, ...place };
    },
    pointOf: places.pointOf,
    boxOf: places.boxOf,
    fieldAt(id) {
      const node = replica.nodes.get(id)?.node;
      return node ? fieldFacts(node) : null;
    },
    assets: replica.assets,
    scrollOf() {
      const view = replica.document()?.defaultView;
      return { x: view?.scrollX ?? 0, y: view?.scrollY ?? 0 };
    },
    close() {
      reset();
      slices.close();
    },
  };
}
