/**
 * A picture of the page that the customer shows: who may send one, when, and what it is called. Its bytes are an agent's like
 * those of any other picture; what is said of it is that a page was shown to her then.
 */
import { getDb } from "@/lib/db/client";
import { MAX_TITLE_CHARS } from "@/lib/panel/limits";
import { AppError } from "@/lib/protocol/errors";
import type { ParticipantAccess } from "../conversation-access";

/** Key in tus' metadata; its value is the page's title in base64, or none. */
const KEY = "frozen";
/** Marks that turn the reading direction, and what no title holds: it must not look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const UNSEEN = /[\u0000-\u001f\u007f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** @param metadata the header; null without one @returns null for what is no picture of a page */
export function readFrozenTitle(metadata: string | null): string | null {
  for (const pair of (metadata ?? "").split(",")) {
    const [key, value = ""] = pair.trim().split(" ");
    if (key === KEY)
      return Buffer.from(value, "base64").toString("utf8").replace(UNSEEN, "").slice(0, MAX_TITLE_CHARS);
  }
  return null;
}

/** @throws AppError forbidden: who may not, or when no page is shown */
export async function requireMayFreeze({ conversationId, participant }: ParticipantAccess): Promise<void> {
  if (participant.role !== "agent") throw new AppError("forbidden", "agents alone freeze pages");
  if ((await getDb().mirrorSession.count({ where: shown(conversationId) })) === 0) throw notShown();
}

/**
 * Counts it for the receipt, before anybody sees it: a receipt may name one too many, never one too few.
 * @throws AppError forbidden: she has paused or stopped meanwhile
 */
export async function countFrozen(conversationId: string): Promise<void> {
  const data = { frozen: { increment: 1 } };
  const { count } = await getDb().mirrorSession.updateMany({ where: shown(conversationId), data });
  if (count === 0) throw notShown();
}

/** On her way from page to page, too. */
const shown = (conversationId: string) => ({
  conversationId,
  endedAt: null,
  startedAt: { not: null },
  phase: { in: ["live", "suspended"] },
});

const notShown = () => new AppError("forbidden", "no page is shown");
