/**
 * Taking items off the panel: asked first where marks of others would go along, offered back for a while, and told to
 * both sides, all in one line at the strip. Who may is lib/panel's to say, and the server's to hold to.
 */
import type { Item } from "@/lib/panel/schema";
import { mayTakeOff } from "@/lib/panel/taken-off";
import type { ItemId } from "@/lib/protocol/ids";
import type { Room, RoomSnapshot } from "@/lib/sync/client/room";
import { type Cell, cell } from "./cell";
import type { DocumentBinding } from "./document-binding";

/** What the line at the strip says. */
export type StripNews =
  | { readonly kind: "nothing" }
  /** Whether it may go although `others` marks of others go along. */
  | { readonly kind: "asking"; readonly item: Item; readonly others: number }
  /** They went; `own` can be had back. */
  | { readonly kind: "gone" | "back"; readonly items: readonly Item[]; readonly own: boolean }
  | { readonly kind: "not-gone" | "not-back"; readonly item: Item };

export interface TakingOff {
  readonly news: Cell<StripNews>;
  may(item: Item): boolean;
  /** Takes it off, or asks first. False where that is not hers to do. */
  begin(id: ItemId): boolean;
  /** Answers the question. */
  answer(yes: boolean): void;
  /** Brings back what she took off and is still offered. False when that is nothing. */
  undo(): boolean;
  /** While somebody is at the line it stays. */
  hold(held: boolean): void;
  close(): void;
}

/** Milliseconds that undoing is offered; the server remembers for longer. */
export const UNDO_MS = 10_000;
/** Milliseconds that what somebody else did is told. */
export const TOLD_MS = 5_000;

const nothing: StripNews = { kind: "nothing" };

export function createTakingOff(parts: {
  readonly binding: Cell<DocumentBinding>;
  readonly snapshot: { get(): Pick<RoomSnapshot, "rights" | "you"> };
  readonly request: Room["request"];
  /** A film: what comes and goes in it is no news. */
  readonly silent: boolean;
}): TakingOff {
  const { binding, snapshot, request, silent } = parts;
  const news = cell<StripNews>(nothing);
  /** Asked of the server, and not yet seen to have happened. */
  const [leaving, returning] = [new Set<ItemId>(), new Set<ItemId>()];
  /** Seen to go: only these come back. */
  const gone = new Set<ItemId>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;

  function wait(): void {
    clearTimeout(timer);
    const { kind } = news.get();
    if (held || kind === "nothing" || kind === "asking") return;
    timer = setTimeout(() => news.set(nothing), isOffered() ? UNDO_MS : TOLD_MS);
  }

  function tell(next: StripNews): void {
    // Whoever was at the line was there for what it said before.
    held = false;
    news.set(next);
    wait();
  }

  function isOffered(): boolean {
    const current = news.get();
    return current.kind === "gone" && current.own;
  }

  /** Taken together with what the line says already, if that is the same. */
  function tellOf(kind: "gone" | "back", items: readonly Item[], own: boolean): void {
    const current = news.get();
    const isAsked = current.kind === "asking" && find(current.item.id) !== null;
    if (!own && (isOffered() || isAsked)) return;
    const before = current.kind === kind && current.own === own ? current.items : [];
    tell({ kind, items: [...before, ...items], own });
  }

  const find = (id: ItemId): Item | null =>
    binding
      .get()
      .items.get()
      .find((item) => item.id === id) ?? null;

  function watch({ items }: DocumentBinding): () => void {
    let before = items.get();
    return items.subscribe(() => {
      const [was, now] = [before, items.get()];
      before = now;
      const went = missingFrom(now, was);
      const came = missingFrom(was, now).filter(({ id }) => gone.delete(id));
      for (const { id } of went) gone.add(id);
      for (const own of [false, true]) {
        const left = went.filter(({ id }) => leaving.has(id) === own);
        const returned = came.filter(({ id }) => returning.has(id) === own);
        if (left.length > 0) tellOf("gone", left, own);
        if (returned.length > 0) tellOf("back", returned, own);
      }
      for (const { id } of went) leaving.delete(id);
      for (const { id } of came) returning.delete(id);
    });
  }

  const may = (item: Item): boolean => mayTakeOff(item, snapshot.get().rights, snapshot.get().you);

  function send(item: Item): void {
    leaving.add(item.id);
    if (news.get().kind === "asking") tell(nothing);
    request({ type: "remove-item", itemId: item.id }).catch(() => {
      leaving.delete(item.id);
      // Somebody else may have been quicker.
      if (find(item.id)) tell({ kind: "not-gone", item });
    });
  }

  let unwatch = silent ? () => undefined : watch(binding.get());
  const stopBinding = binding.subscribe(() => {
    if (silent) return;
    unwatch();
    unwatch = watch(binding.get());
  });

  return {
    news,
    may,
    begin(id) {
      const item = find(id);
      if (item === null || !may(item)) return false;
      const { you } = snapshot.get();
      const marks = binding.get().marks.of(id);
      const others = marks.filter(({ author }) => author !== you).length;
      if (others > 0) tell({ kind: "asking", item, others });
      else send(item);
      return true;
    },
    answer(yes) {
      const current = news.get();
      if (current.kind !== "asking") return;
      if (yes && find(current.item.id)) send(current.item);
      else tell(nothing);
    },
    undo() {
      const current = news.get();
      if (current.kind !== "gone" || !current.own) return false;
      tell(nothing);
      // What went last comes back first: then each finds shown what was shown when it went.
      for (const item of [...current.items].reverse()) {
        returning.add(item.id);
        request({ type: "restore-item", itemId: item.id }).catch(() => {
          returning.delete(item.id);
          tell({ kind: "not-back", item });
        });
      }
      return true;
    },
    hold(next) {
      held = next;
      wait();
    },
    close() {
      clearTimeout(timer);
      unwatch();
      stopBinding();
    },
  };
}

/** What of `all` is not among `some`. */
function missingFrom(some: readonly Item[], all: readonly Item[]): readonly Item[] {
  const known = new Set(some.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
}
