/** How long a customer stayed with what she looked at, from when her pages told of what came next. */

/** A tab that is left open tells nothing any more: beyond this nobody is taken to be looking. */
export const LONGEST_STAY_MS = 600_000;

export interface Look {
  readonly visitorId: string | null;
  /** Of which product; null for a page that told of none. */
  readonly key: string | null;
  readonly url: string;
  readonly occurredAt: Date;
}

interface Next {
  readonly look: Look;
  /** The first one after it that is of anything else. */
  readonly beyond: Look | undefined;
}

/**
 * Milliseconds by product, all looks at it together: each lasts until the same visitor's next look at anything else, or at
 * the same again. Her last one has no end yet and adds nothing.
 * @param looks newest first, of any number of browsers
 */
export function stays(looks: readonly Look[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  const nexts = new Map<string | null, Next>();
  for (const look of looks) {
    const next = nexts.get(look.visitorId);
    // A product's page tells of itself as a page, too, at about the same time: that is no leaving.
    const same = next?.look.key === null && next.look.url === look.url;
    const after = same ? next.beyond : next?.look;
    nexts.set(look.visitorId, { look, beyond: after });
    if (look.key === null || after === undefined) continue;
    const stayed = Math.min(after.occurredAt.getTime() - look.occurredAt.getTime(), LONGEST_STAY_MS);
    total.set(look.key, (total.get(look.key) ?? 0) + stayed);
  }
  return total;
}
