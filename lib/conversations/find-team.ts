import type { Prisma } from "@/lib/db/client";

/** The team that a member is in now; kept with what she takes, so that changing teams changes no report of the past. */
export async function findTeam(
  tx: Prisma.TransactionClient,
  memberId: string | null,
): Promise<string | null> {
  if (memberId === null) return null;
  const member = await tx.member.findUnique({ where: { id: memberId }, select: { teamId: true } });
  return member?.teamId ?? null;
}
