/**
 * The room's copy of the panel's document: checks and applies clients' updates, makes the server's own changes, and
 * notices what happened (something shown or compared, marks drawn) from the document itself, not from anybody's word.
 */
import * as Y from "yjs";
import { parseComparison } from "@/lib/panel/comparison";
import { itemsOf, marksOf, readItem, readMark, readShown, stageOf } from "@/lib/panel/schema";
import type { AssetId, ItemId, ParticipantId } from "@/lib/protocol/ids";
import { MAX_PANEL_BYTES } from "@/lib/protocol/limits";
import type { NewItem } from "@/lib/protocol/rooms-port";
import { PanelCheck, type Writer } from "./check-panel";
import { checkUpdate, type UpdateVerdict } from "./check-update";
import { type OwnPart, ownPart } from "./own-structs";
import { PanelIndex } from "./panel-index";
import {
  addItem,
  comparesNothing,
  playsNothing,
  removeItem,
  showItem,
  takesItem,
  tidyPanel,
  uncoverItems,
} from "./panel-writes";
import type { StoredPanel } from "./ports";
import { applyStored, dropPending, isServerId, newServerId } from "./stored-panel";
import { type UnstoredPart, unstoredParts } from "./unstored-parts";

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

export class RoomDocument {
  private readonly doc = new Y.Doc();
  private readonly owners: Map<number, ParticipantId>;
  private readonly panel: PanelIndex;
  private facts: DocumentFact[] = [];
  /** What points to an item that is not there (any more). */
  private readonly stray = { marks: new Set<string>(), stage: false };
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
    const change = this.change(() => tidyPanel(this.doc, marks));
    marks.clear();
    this.stray.stage = false;
    return change;
  }

  /** @throws MalformedFrame */
  check(update: Uint8Array, by: ParticipantId, writer: Omit<Writer, "participantId">): UpdateVerdict {
    const panel = new PanelCheck(this.panel, { participantId: by, ...writer });
    const verdict = checkUpdate(this.doc, update, panel);
    if (verdict.kind !== "change") return verdict;
    const own = verdict.clients.every((client) => this.mayClaim(client, by));
    return own ? verdict : { kind: "refused", code: "forbidden" };
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
    return ownPart(this.doc, update, (clientId) => {
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
    if (!this.measured) this.bytes = Y.encodeStateAsUpdate(this.doc).length;
    this.measured = true;
    return this.bytes + more <= MAX_PANEL_BYTES;
  }

  /**
   * Applies a checked update.
   * @throws Error when the document did not take all of it: it can no longer be trusted, load it again.
   */
  apply(update: Uint8Array, clients: readonly number[], by: ParticipantId): AppliedChange {
    for (const client of clients) this.claim(client, by);
    const change = this.noting(update.length, () => {
      Y.applyUpdate(this.doc, update, by);
      if (dropPending(this.doc)) throw new Error("update left something pending");
      return update;
    });
    return { ...change, clients };
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
    let whole = true;
    const { facts } = this.noting(update.length, () => {
      Y.applyUpdate(this.doc, update, by);
      whole = !dropPending(this.doc);
      return update;
    });
    return { facts, whole };
  }

  /** Applies another node's whole state. Empty `update` when it brought nothing. */
  applyState(update: Uint8Array, owners: ReadonlyMap<number, ParticipantId>): AppliedChange {
    for (const [client, owner] of owners) this.claimForPeer(client, owner);
    return this.collecting(() => {
      Y.applyUpdate(this.doc, update, "peer");
      dropPending(this.doc);
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
    return unstoredParts(this.doc, this.owners, stored);
  }

  /** Shows the picture unless it lies behind: its item if it is on the panel already, with its marks, or a new one. */
  putItem(
    source: NewItem,
    by: ParticipantId | null,
    newId: () => ItemId,
  ): AppliedChange & { itemId: ItemId } {
    let itemId: ItemId | null = null;
    const change = this.change(() => {
      itemId = addItem(this.doc, source, by, newId);
      if (!source.behind) showItem(this.doc, itemId);
    });
    if (itemId === null) throw new Error("unreachable: the change ran");
    return { ...change, itemId };
  }

  /** Whether the picture lies on the panel already, or there is room for one more. */
  takesItem(source: NewItem): boolean {
    return takesItem(this.doc, source);
  }

  /** Null when there is no such item. */
  findItem(itemId: ItemId) {
    return readItem(itemId, itemsOf(this.doc).get(itemId));
  }

  uncover(assetId: AssetId): AppliedChange {
    return this.change(() => uncoverItems(this.doc, assetId));
  }

  removeItem(itemId: ItemId): AppliedChange {
    return this.change(() => removeItem(this.doc, itemId));
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** What somebody with this state vector lacks. */
  missingFor(stateVector: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, stateVector);
  }

  destroy(): void {
    this.doc.destroy();
  }

  /** Empty `update` when nothing changed. */
  private change(write: () => void): AppliedChange {
    const change = this.collecting(() => this.doc.transact(write, "server"));
    return { ...change, clients: [this.doc.clientID] };
  }

  /** The update that `run` makes of this document; empty when it changes nothing. */
  private collecting(run: () => void): AppliedChange {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array) => updates.push(update);
    this.doc.on("update", collect);
    try {
      const { update, facts } = this.noting(0, () => {
        run();
        return updates.length === 0 ? new Uint8Array() : Y.mergeUpdates(updates);
      });
      this.bytes += update.length;
      return { update, facts, clients: [] };
    } finally {
      this.doc.off("update", collect);
    }
  }

  private noting(bytes: number, run: () => Uint8Array): Omit<AppliedChange, "clients"> {
    this.facts = [];
    this.measured = false;
    this.bytes += bytes;
    const update = run();
    return { update, facts: this.facts };
  }
}
