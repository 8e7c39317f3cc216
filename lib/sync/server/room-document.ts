/**
 * The room's copy of the panel's document: checks and applies clients' updates, makes the server's own changes, and
 * notices what happened (something shown or compared, marks drawn) from the document itself, not from anybody's word.
 */
import * as Y from "yjs";
import { parseComparison } from "@/lib/panel/comparison";
import type { Mark } from "@/lib/panel/mark";
import { itemsOf, marksOf, readItem, readMark, readMarkFields, readShown, stageOf } from "@/lib/panel/schema";
import type { TakenOff } from "@/lib/panel/taken-off";
import type { AssetId, ItemId, ParticipantId } from "@/lib/protocol/ids";
import { MAX_PANEL_BYTES } from "@/lib/protocol/limits";
import type { NewItem } from "@/lib/protocol/rooms-port";
import { PanelCheck, type Writer } from "./check-panel";
import { checkUpdate, MAX_CLOCK, type UpdateVerdict } from "./check-update";
import { type NewMark, readNewMark } from "./new-mark";
import { type OwnPart, ownPart } from "./own-structs";
import { PanelIndex } from "./panel-index";
import {
  addItem,
  comparesNothing,
  playsNothing,
  putBack,
  showItem,
  takeOff,
  takesItem,
  takesOneMore,
  tidyPanel,
  uncoverItems,
} from "./panel-writes";
import type { StoredPanel } from "./ports";
import { applyStored, dropPending, isServerId, newServerId } from "./stored-panel";
import { type TakenOffBy, TakenOffItems } from "./taken-off-items";
import { type UnstoredPart, unstoredParts } from "./unstored-parts";
import { WaitingMarks } from "./waiting-marks";

export type DocumentFact =
  | { readonly kind: "shown"; readonly itemId: ItemId }
  | { readonly kind: "drawn"; readonly itemId: ItemId }
  | { readonly kind: "compared"; readonly itemId: ItemId; readonly with: ItemId };

export interface AppliedChange {
  readonly update: Uint8Array;
  /** Yjs client ids that it extends. */
  readonly clients: readonly number[];
  readonly facts: readonly DocumentFact[];
}

/** @property mark the one new mark that the update is, and nothing else */
type DocumentVerdict = UpdateVerdict & {
  readonly mark?: { readonly piece: NewMark; readonly read: Mark };
};

export class RoomDocument {
  /** The document cannot be trusted any more: load it again. */
  onBroken: (error: unknown) => void = (error) => {
    throw error;
  };
  /** Read it as `whole()`, wherever marks matter. */
  private readonly doc = new Y.Doc();
  private readonly waiting = new WaitingMarks(this.doc);
  private readonly owners: Map<number, ParticipantId>;
  private readonly panel: PanelIndex;
  private facts: DocumentFact[] = [];
  /** What happens then was noted when it was checked. */
  private isTakingMarks = false;
  /** What points to an item that is not there (any more). */
  private readonly stray = { marks: new Set<string>(), stage: false };
  private readonly takenOff = new TakenOffItems();
  /** Upper bound of the encoded state; exact when `measured`. */
  private bytes: number;
  private measured = false;

  /** @throws whatever Yjs throws on a stored part that it cannot read */
  constructor(stored: StoredPanel) {
    this.doc.clientID = newServerId();
    for (const root of [itemsOf, marksOf, stageOf]) root(this.doc);
    this.owners = applyStored(this.doc, stored);
    // Stored before what it builds on, by another node: whoever has both brings it.
    dropPending(this.doc);
    this.panel = new PanelIndex(this.doc);
    const { snapshot, updates } = stored;
    this.bytes = updates.reduce((sum, { update }) => sum + update.length, snapshot?.state.length ?? 0);
    stageOf(this.doc).observe((event) => {
      const shown = event.keysChanged.has("shown") ? readShown(this.doc) : null;
      if (shown !== null && !itemsOf(this.doc).has(shown)) this.stray.stage = true;
      if (event.keysChanged.has("compare") && comparesNothing(this.doc)) this.stray.stage = true;
      else if (event.keysChanged.has("compare")) this.noteComparison();
      if ([...event.keysChanged].some((entry) => entry !== null && playsNothing(this.doc, entry)))
        this.stray.stage = true;
      if (shown !== null) this.facts.push({ kind: "shown", itemId: shown });
    });
    marksOf(this.doc).observe((event) => {
      if (this.isTakingMarks) return;
      for (const [id, change] of event.changes.keys) {
        const mark = change.action === "add" ? readMark(id, marksOf(this.doc).get(id)) : null;
        if (!mark) continue;
        if (itemsOf(this.doc).has(mark.item)) this.facts.push({ kind: "drawn", itemId: mark.item });
        else this.stray.marks.add(id);
      }
    });
    itemsOf(this.doc).observe((event) => {
      const gone = [...event.changes.keys].flatMap(([id, { action }]) => (action === "delete" ? [id] : []));
      if (gone.length === 0) return;
      for (const id of marksOf(this.doc).keys()) {
        if (gone.includes(this.panel.mark(id)?.item ?? "")) this.stray.marks.add(id);
      }
    });
  }

  private noteComparison(): void {
    const compared = parseComparison(stageOf(this.doc).get("compare"));
    if (compared) this.facts.push({ kind: "compared", itemId: compared.item, with: compared.with });
  }

  /**
   * Takes back what points to an item that was taken off meanwhile: marks on it, and that it is shown. Empty `update`
   * when there is none.
   */
  tidy(): AppliedChange {
    const { marks, stage } = this.stray;
    if (marks.size === 0 && !stage) return { update: new Uint8Array(), facts: [], clients: [] };
    for (const id of marks) this.takenOff.addMark(id, marksOf(this.doc).get(id));
    const change = this.change((doc) => tidyPanel(doc, marks));
    marks.clear();
    this.stray.stage = false;
    return change;
  }

  /** @throws MalformedFrame */
  check(update: Uint8Array, by: ParticipantId, writer: Omit<Writer, "participantId">): DocumentVerdict {
    const panel = new PanelCheck(this.panel, { participantId: by, ...writer });
    const piece = readNewMark(update);
    if (piece !== null && this.continues(piece) && this.mayClaim(piece.client, by)) {
      const read = panel.takesNewMark(piece) ? readMarkFields(piece.id, piece.fields) : null;
      if (read !== null)
        return { kind: "change", adds: true, clients: [piece.client], mark: { piece, read } };
    }
    const verdict = checkUpdate(this.whole(), update, panel);
    if (verdict.kind !== "change") return verdict;
    const own = verdict.clients.every((client) => this.mayClaim(client, by));
    return own ? verdict : { kind: "refused", code: "forbidden" };
  }

  /** Whether it is the next piece of its client's history, under an id that was never used. */
  private continues({ client, clock, length, id }: NewMark): boolean {
    if (clock !== this.waiting.reached(client) || clock + length > MAX_CLOCK) return false;
    return this.panel.mark(id) === null && !marksOf(this.doc)._map.has(id);
  }

  /** The document with everything that was relayed. */
  private whole(): Y.Doc {
    if (this.waiting.isEmpty) return this.doc;
    this.isTakingMarks = true;
    try {
      this.waiting.take();
    } catch (error) {
      this.onBroken(error);
    } finally {
      this.isTakingMarks = false;
    }
    return this.doc;
  }

  /** A Yjs client id belongs to the participant who used it first: nobody continues another's history. */
  mayClaim(clientId: number, by: ParticipantId): boolean {
    if (isServerId(clientId)) return false;
    return (this.owners.get(clientId) ?? by) === by;
  }

  /**
   * What a participant may bring of an answer to our state vector: of Yjs client ids that nobody owns yet only its own,
   * where we know that one from its presence. @throws MalformedFrame
   */
  ownPart(update: Uint8Array, by: ParticipantId, ownId: number | undefined): OwnPart {
    return ownPart(this.whole(), update, (clientId) => {
      const isNew = !this.owners.has(clientId);
      return this.mayClaim(clientId, by) && !(isNew && ownId !== undefined && clientId !== ownId);
    });
  }

  claim(clientId: number, by: ParticipantId): void {
    this.owners.set(clientId, by);
  }

  /** Whether `more` bytes still fit into MAX_PANEL_BYTES. */
  hasRoomFor(more: number): boolean {
    if (this.bytes + more <= MAX_PANEL_BYTES) return true;
    if (!this.measured) this.bytes = Y.encodeStateAsUpdate(this.whole()).length;
    this.measured = true;
    return this.bytes + more <= MAX_PANEL_BYTES;
  }

  /**
   * Takes a checked update; a new mark waits until the document is read.
   * @throws Error when the document did not take all of it: it can no longer be trusted, load it again.
   */
  apply(
    update: Uint8Array,
    { clients, mark }: Extract<DocumentVerdict, { kind: "change" }>,
    by: ParticipantId,
  ): AppliedChange {
    for (const client of clients) this.claim(client, by);
    if (mark) return { update, clients, facts: [this.takeNewMark(mark.piece, mark.read, update)] };
    const change = this.noting(update.length, (doc) => {
      Y.applyUpdate(doc, update, by);
      if (dropPending(doc)) throw new Error("update left something pending");
      return update;
    });
    return { ...change, clients };
  }

  /** One that continues its client's history and lies on an item that is here waits until the document is read. */
  private takeNewMark(piece: NewMark, { id, item, author }: Mark, update: Uint8Array): DocumentFact {
    this.panel.add(id, { item, author });
    this.waiting.add(piece, update);
    this.bytes += update.length;
    this.measured = false;
    if (this.waiting.isFull) this.whole();
    return { kind: "drawn", itemId: item };
  }

  /**
   * Applies what another node has checked.
   * @returns whole: false when it builds on something that is not here
   */
  applyOfPeer(
    update: Uint8Array,
    clients: readonly number[],
    by: ParticipantId | null,
  ): { readonly facts: readonly DocumentFact[]; readonly whole: boolean } {
    if (by !== null) for (const client of clients) this.claimForPeer(client, by);
    const piece = readNewMark(update);
    const read = piece !== null && this.continues(piece) ? readMarkFields(piece.id, piece.fields) : null;
    if (piece !== null && read !== null && this.panel.pictureOf(read.item) !== null)
      return { facts: [this.takeNewMark(piece, read, update)], whole: true };
    let whole = true;
    const { facts } = this.noting(update.length, (doc) => {
      Y.applyUpdate(doc, update, by);
      whole = !dropPending(doc);
      return update;
    });
    return { facts, whole };
  }

  /** Applies another node's whole state. Empty `update` when it brought nothing. */
  applyState(update: Uint8Array, owners: ReadonlyMap<number, ParticipantId>): AppliedChange {
    for (const [client, owner] of owners) this.claimForPeer(client, owner);
    return this.collecting((doc) => {
      Y.applyUpdate(doc, update, "peer");
      dropPending(doc);
    });
  }

  claimForPeer(clientId: number, by: ParticipantId): void {
    if (!isServerId(clientId) && !this.owners.has(clientId)) this.owners.set(clientId, by);
  }

  allOwners(): ReadonlyMap<number, ParticipantId> {
    return this.owners;
  }

  /** What this document has and the journal has not. @throws whatever Yjs throws on a stored part that it cannot read */
  unstoredParts(stored: StoredPanel): readonly UnstoredPart[] {
    return unstoredParts(this.whole(), this.owners, stored);
  }

  /** Shows the picture unless it lies behind: its item if it is on the panel already, with its marks, or a new one. */
  putItem(
    source: NewItem,
    by: ParticipantId | null,
    newId: () => ItemId,
  ): AppliedChange & { itemId: ItemId } {
    let itemId: ItemId | null = null;
    const change = this.change((doc) => {
      itemId = addItem(doc, source, by, newId);
      if (!source.behind) showItem(doc, itemId);
    });
    if (itemId === null) throw new Error("unreachable: the change ran");
    return { ...change, itemId };
  }

  /** Whether the picture lies on the panel already, or there is room for one more. */
  takesItem(source: NewItem): boolean {
    return takesItem(this.doc, source);
  }

  /** Whether there is room for one more. */
  takesOneMore(): boolean {
    return takesOneMore(this.doc);
  }

  /** Null when there is no such item. */
  findItem(itemId: ItemId) {
    return readItem(itemId, itemsOf(this.doc).get(itemId));
  }

  showItem(itemId: ItemId): AppliedChange {
    return this.change((doc) => showItem(doc, itemId));
  }

  uncover(assetId: AssetId): AppliedChange {
    return this.change((doc) => uncoverItems(doc, assetId));
  }

  /** @param now milliseconds since 1970 */
  removeItem(itemId: ItemId, by: ParticipantId, now: number): AppliedChange {
    return this.change((doc) => {
      const taken = takeOff(doc, itemId, now);
      if (taken) this.takenOff.keep(taken, by, now);
    });
  }

  /** Null when it was not taken off here, or too long ago. @param now milliseconds since 1970 */
  findTakenOff(itemId: ItemId, now: number): TakenOffBy | null {
    return this.takenOff.find(itemId, now);
  }

  putBack(taken: TakenOff): AppliedChange {
    this.takenOff.forget(taken.id);
    const change = this.change((doc) => putBack(doc, taken));
    // Its marks were counted when they were drawn.
    return { ...change, facts: change.facts.filter(({ kind }) => kind !== "drawn") };
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.whole());
  }

  /** What somebody with this state vector lacks. */
  missingFor(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.whole(), stateVector);
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** Empty `update` when nothing changed. */
  private change(write: (doc: Y.Doc) => void): AppliedChange {
    const change = this.collecting((doc) => doc.transact(() => write(doc), "server"));
    return { ...change, clients: [this.doc.clientID] };
  }

  /** The update that `run` makes of this document; empty when it changes nothing. */
  private collecting(run: (doc: Y.Doc) => void): AppliedChange {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array) => updates.push(update);
    this.whole().on("update", collect);
    try {
      const { update, facts } = this.noting(0, (doc) => {
        run(doc);
        return updates.length === 0 ? new Uint8Array() : Y.mergeUpdates(updates);
      });
      this.bytes += update.length;
      return { update, facts, clients: [] };
    } finally {
      this.doc.off("update", collect);
    }
  }

  private noting(bytes: number, run: (doc: Y.Doc) => Uint8Array): Omit<AppliedChange, "clients"> {
    const doc = this.whole();
    this.facts = [];
    this.measured = false;
    this.bytes += bytes;
    const update = run(doc);
    return { update, facts: this.facts };
  }
}
