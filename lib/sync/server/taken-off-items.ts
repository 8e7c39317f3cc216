/**
 * What was taken off the panel a moment ago, for whoever took it off and wants it back. In this node's memory alone:
 * after a crash, or on another node, it stays off.
 */
import { addTakenMark, type TakenOff } from "@/lib/panel/taken-off";
import type { ItemId, ParticipantId } from "@/lib/protocol/ids";

/** Milliseconds: six times as long as the screen offers it, for who takes longer to reach the button and for slow lines. */
export const RESTORE_WITHIN_MS = 60_000;
/** Of one room; when more are taken off within that time, the first of them cannot be brought back. */
export const MAX_KEPT = 32;

export interface TakenOffBy extends TakenOff {
  readonly by: ParticipantId;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export class TakenOffItems {
  /** Oldest first. */
  private readonly kept = new Map<ItemId, TakenOffBy>();

  /** @param now milliseconds since 1970 */
  keep(taken: TakenOff, by: ParticipantId, now: number): void {
    this.kept.delete(taken.id);
    this.kept.set(taken.id, { ...taken, by, until: now + RESTORE_WITHIN_MS });
    for (const [id, { until }] of this.kept)
      if (until < now || this.kept.size > MAX_KEPT) this.kept.delete(id);
  }

  /** @param now milliseconds since 1970 */
  find(id: ItemId, now: number): TakenOffBy | null {
    const found = this.kept.get(id);
    return found && found.until >= now ? found : null;
  }

  forget(id: ItemId): void {
    this.kept.delete(id);
  }

  /** A mark that somebody drew before she knew that its item was gone. @param value its entry in the document */
  addMark(markId: string, value: unknown): void {
    for (const [id, { marks }] of this.kept) addTakenMark(marks, id, markId, value);
  }
}
