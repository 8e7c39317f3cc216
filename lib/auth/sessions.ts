/** A member's own sign-ins: seen, and ended one by one or all at once. Ended means at the very next request. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { describeBrowser } from "./describe-browser";
import type { Member } from "./require-member";

export interface OwnSession {
  readonly sessionId: string;
  /** The one that asks. */
  readonly current: boolean;
  /** Such as "Firefox, Linux"; empty when unknown. */
  readonly browser: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly usedAt: Date;
}

export async function listSessions(member: Member): Promise<OwnSession[]> {
  const rows = await getDb().session.findMany({
    where: { userId: member.userId, expiresAt: { gt: new Date() } },
    orderBy: { updatedAt: "desc" },
  });
  return rows.map((row) => ({
    sessionId: row.id,
    current: row.id === member.sessionId,
    browser: describeBrowser(row.userAgent ?? ""),
    address: row.ipAddress ?? "",
    createdAt: row.createdAt,
    usedAt: row.updatedAt,
  }));
}

/** @throws AppError not_found for a session that is not the member's own */
export async function revokeSession(member: Member, sessionId: string): Promise<void> {
  const { count } = await getDb().session.deleteMany({ where: { id: sessionId, userId: member.userId } });
  if (count === 0) throw new AppError("not_found", "no such session");
}

/** The one that asks included. */
export async function revokeAllSessions(member: Member): Promise<void> {
  await getDb().session.deleteMany({ where: { userId: member.userId } });
}
