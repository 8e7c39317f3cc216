/**
 * Looks into a client's update before it touches the document: is it whole (nothing it builds on is missing), does it
 * change anything, does everything it changes lie where clients may write, and does it fit the panel (check-panel)?
 * Yjs itself would accept any of it.
 *
 * Only the update's own structs are decoded, and looked up where they attach: the same answer as applying it to a copy
 * of the document and comparing, without the copy. Sound, because Yjs changes nothing but what an update's structs and
 * deletions name, and a map's entry always stands under the key of the one it follows.
 */
import * as Y from "yjs";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { PanelCheck } from "./check-panel";
import { guard, MalformedFrame } from "./frame";
import { isShallow } from "./is-shallow";

/** Top-level names clients write under; `items` and anything else is the server's. */
const clientRoots: ReadonlySet<string> = new Set(["marks", "stage"]);
/** Types inside types: a mark is one level below `marks`. */
const MAX_NESTING = 1;
/** Plain values inside plain values: `stage.view` is one level. */
const MAX_VALUE_LEVELS = 8;
/** Yjs client ids one update may bring; an honest client brings its own. */
const MAX_CLIENTS_PER_UPDATE = 64;
/** Where a Yjs client's history may end: three hundred million strokes. Past 2^53 no client could read the room. */
export const MAX_CLOCK = 2 ** 32;

export type UpdateVerdict =
  /** Everything in it is known already. */
  | { readonly kind: "nothing" }
  /** It builds on something that is not here. */
  | { readonly kind: "missing" }
  /** It touches what this client may not touch, or what does not fit the panel. */
  | { readonly kind: "refused"; readonly code: ErrorCode }
  /** @property adds brings new content, not only deletions. @property clients Yjs ids that it extends. */
  | { readonly kind: "change"; readonly adds: boolean; readonly clients: readonly number[] };

type Struct = Y.Item | Y.GC | Y.Skip;

/** Where an item stands: under which root (null: under something already collected), entry of it, how deep, which key. */
interface Place {
  readonly root: string | null;
  readonly entry: string | null;
  readonly depth: number;
  readonly key: string | null;
}
const gone: Place = { root: null, entry: null, depth: 0, key: null };

/**
 * @param panel told of everything that the update writes and removes
 * @throws MalformedFrame
 */
export function checkUpdate(doc: Y.Doc, update: Uint8Array, panel: PanelCheck): UpdateVerdict {
  const { structs, deletes } = decode(update);
  const walk = new Walk(doc, structs, panel);
  if (!walk.complete()) return { kind: "missing" };
  const deleting = checkDeletes(doc, deletes, (client) => walk.reached(client), panel);
  if (deleting === "missing") return { kind: "missing" };
  if (walk.forbidden || deleting === "forbidden") return { kind: "refused", code: "forbidden" };
  const refusal = panel.finish();
  if (refusal !== null) return { kind: "refused", code: refusal };
  const clients = walk.extended();
  if (clients.length === 0 && deleting === "nothing") return { kind: "nothing" };
  return { kind: "change", adds: clients.length > 0, clients };
}

type Ranges = Map<number, readonly { readonly clock: number; readonly len: number }[]>;

function decode(update: Uint8Array): { structs: Map<number, Struct[]>; deletes: Ranges } {
  const decoded = guard(() => Y.decodeUpdate(update));
  const structs = new Map<number, Struct[]>();
  for (const struct of decoded.structs) {
    if (!(struct.length > 0)) throw new MalformedFrame("empty struct");
    if (struct.id.clock + struct.length > MAX_CLOCK) throw new MalformedFrame("history too long");
    const group = structs.get(struct.id.client);
    const last = group?.at(-1);
    if (last && last.id.clock + last.length !== struct.id.clock) throw new MalformedFrame("client twice");
    if (group) group.push(struct);
    else structs.set(struct.id.client, [struct]);
  }
  if (structs.size > MAX_CLIENTS_PER_UPDATE) throw new MalformedFrame("too many clients in one update");
  // Yjs keeps only the last section of a client that comes in two; what we checked would not be what it applies.
  if (structs.size !== sectionCount(update)) throw new MalformedFrame("client twice or empty");
  requireAscending(decoded.ds.clients);
  return { structs, deletes: decoded.ds.clients };
}

/** As Yjs writes them. A megabyte of overlapping ranges would make us and Yjs walk one history half a million times. */
function requireAscending(deletes: Ranges): void {
  for (const ranges of deletes.values()) {
    let end = 0;
    for (const { clock, len } of ranges) {
      if (clock < end) throw new MalformedFrame("deletions overlap");
      end = clock + len;
    }
  }
}

/** An update starts with the number of its client sections, as a variable-length integer. */
function sectionCount(update: Uint8Array): number {
  let count = 0;
  for (let index = 0, factor = 1; index < update.length; index++, factor *= 128) {
    const byte = update[index] ?? 0;
    count += (byte & 127) * factor;
    if (byte < 128) break;
  }
  return count;
}

/** Goes through the new structs in an order in which each finds what it builds on, as Yjs will when it applies them. */
class Walk {
  forbidden = false;
  private readonly clocks = new Map<number, number>();
  private readonly followed = new Set<string>();
  private readonly places = new Map<Struct, Place>();

  constructor(
    private readonly doc: Y.Doc,
    private readonly structs: ReadonlyMap<number, readonly Struct[]>,
    private readonly panel: PanelCheck,
  ) {}

  reached(client: number): number {
    return this.clocks.get(client) ?? Y.getState(this.doc.store, client);
  }

  /** Yjs ids for which this update holds something new. */
  extended(): number[] {
    return [...this.clocks.keys()];
  }

  /** False when a struct builds on something that is neither in the document nor in this update. */
  complete(): boolean {
    const waiting = new Map([...this.structs].map(([client, list]) => [client, { list, next: 0 }]));
    let moved = true;
    while (moved && waiting.size > 0) {
      moved = false;
      for (const [client, queue] of waiting) {
        const before = queue.next;
        for (let struct = queue.list[queue.next]; struct; struct = queue.list[queue.next]) {
          if (!this.advance(struct)) break;
          queue.next++;
        }
        moved ||= queue.next > before;
        if (queue.next === queue.list.length) waiting.delete(client);
      }
    }
    return waiting.size === 0;
  }

  private advance(struct: Struct): boolean {
    const end = struct.id.clock + struct.length;
    const reached = this.reached(struct.id.client);
    // Also of what is known already: Yjs looks for what that builds on, too, and waits for it.
    if (struct instanceof Y.Item) {
      if (!this.finds(struct, struct.origin) || !this.finds(struct, struct.rightOrigin)) return false;
      if (struct.parent instanceof Y.ID && !this.finds(struct, struct.parent)) return false;
    }
    if (end <= reached) return true;
    if (struct.id.clock > reached || struct instanceof Y.Skip) return false;
    if (struct instanceof Y.Item) {
      const place = this.place(struct);
      this.places.set(struct, place);
      if (place.key !== null) this.requireOneSuccessor(struct);
      if (!isAllowed(place) || !isPlain(struct.content)) this.forbidden = true;
      else if (place.root !== null && place.entry !== null) {
        const { root, entry, depth, key } = place;
        this.panel.write({ root, entry, field: depth === 0 ? null : key, content: struct.content });
      }
    }
    this.clocks.set(struct.id.client, end);
    return true;
  }

  /**
   * A map's entry follows the one it overwrites, and its writer knows her own: two of hers after the same one are made
   * to make Yjs search among thousands for their order, again for each.
   */
  private requireOneSuccessor({ id, origin, rightOrigin, parent, parentSub }: Y.Item): void {
    const at = parent instanceof Y.ID ? `${parent.client}:${parent.clock}` : String(parent);
    const before = origin ? `${origin.client}:${origin.clock}` : `${at}/${parentSub}`;
    const key = `${id.client}/${before}`;
    if (rightOrigin !== null || this.followed.has(key)) throw new MalformedFrame("overwrites twice");
    this.followed.add(key);
  }

  private finds(struct: Y.Item, id: Y.ID | null): boolean {
    if (id === null) return true;
    if (id.client !== struct.id.client) return id.clock < this.reached(id.client);
    if (id.clock >= struct.id.clock) throw new MalformedFrame("builds on itself");
    return true;
  }

  private place(item: Y.Item): Place {
    const parent: unknown = item.parent;
    if (typeof parent === "string") {
      return { root: parent, entry: item.parentSub, depth: 0, key: item.parentSub };
    }
    if (parent instanceof Y.ID) {
      const holder = this.find(parent);
      if (!(holder instanceof Y.Item) || !(holder.content instanceof Y.ContentType)) return gone;
      const { root, entry, depth } = this.placeOf(holder);
      return { root, entry, depth: depth + 1, key: item.parentSub };
    }
    const sides = [item.origin, item.rightOrigin].flatMap((id) => (id ? [this.placeOf(this.find(id))] : []));
    const [first, second] = sides;
    if (!first) throw new MalformedFrame("stands nowhere");
    return second && !isAllowed(second) ? second : first;
  }

  private find(id: Y.ID): Struct | undefined {
    const stored = this.doc.store.clients.get(id.client);
    if (stored && id.clock < Y.getState(this.doc.store, id.client)) {
      return stored[Y.findIndexSS(stored, id.clock)];
    }
    return search(this.structs.get(id.client) ?? [], id.clock);
  }

  private placeOf(struct: Struct | undefined): Place {
    if (!(struct instanceof Y.Item)) return gone;
    return this.places.get(struct) ?? placeInDoc(this.doc, struct);
  }
}

function isAllowed(place: Place): boolean {
  if (place.root === null) return true;
  if (!clientRoots.has(place.root) || place.depth > MAX_NESTING) return false;
  // Maps all the way down: an entry without a key would be content nobody reads.
  return place.key !== null;
}

/** No documents inside the document, and no value that overflows a reader's stack. */
function isPlain(content: Y.Item["content"]): boolean {
  if (content instanceof Y.ContentDoc) return false;
  if (content instanceof Y.ContentFormat) return isShallow(content.value, MAX_VALUE_LEVELS);
  if (content instanceof Y.ContentEmbed) return isShallow(content.embed, MAX_VALUE_LEVELS);
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    return content.getContent().every((value) => isShallow(value, MAX_VALUE_LEVELS));
  }
  return true;
}

function placeInDoc(doc: Y.Doc, item: Y.Item): Place {
  let depth = 0;
  let top = item;
  while (top.parent instanceof Y.AbstractType && top.parent._item) {
    depth++;
    top = top.parent._item;
  }
  for (const [name, root] of doc.share) {
    if (root === top.parent) return { root: name, entry: top.parentSub, depth, key: item.parentSub };
  }
  return gone;
}

function search(list: readonly Struct[], clock: number): Struct | undefined {
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const struct = list[middle];
    if (!struct) return undefined;
    if (clock < struct.id.clock) high = middle - 1;
    else if (clock >= struct.id.clock + struct.length) low = middle + 1;
    else return struct;
  }
  return undefined;
}

function checkDeletes(
  doc: Y.Doc,
  deletes: Ranges,
  reached: (client: number) => number,
  panel: PanelCheck,
): "nothing" | "some" | "missing" | "forbidden" {
  let verdict: "nothing" | "some" = "nothing";
  for (const [client, ranges] of deletes) {
    const stored = doc.store.clients.get(client) ?? [];
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of ranges) {
      const end = clock + len;
      if (end > reached(client)) return "missing";
      if (len <= 0 || clock >= state) continue;
      for (let index = Y.findIndexSS(stored, clock); index < stored.length; index++) {
        const struct = stored[index];
        if (!struct || struct.id.clock >= end) break;
        if (!(struct instanceof Y.Item) || struct.deleted) continue;
        const place = placeInDoc(doc, struct);
        if (!isAllowed(place)) return "forbidden";
        if (place.root !== null && place.entry !== null) panel.remove(place.root, place.entry);
        verdict = "some";
      }
    }
  }
  return verdict;
}
