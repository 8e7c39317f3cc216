/**
 * A shop's teams: members whom reports count together. A member is in one or in none. A conversation counts for the team in which
 * its member was when she took it; what she took before she was in any team counts for her first (lib/insights/SPEC.md, IN220-IN222).
 */
import { getDb } from "@/lib/db/client";
import { isTakenKey } from "@/lib/db/taken-key";
import { AppError } from "@/lib/protocol/errors";
import type { MemberId, ShopId, TeamId } from "@/lib/protocol/ids";
import { teamIdSchema } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";

/** As many as a list to choose from can hold. */
export const MAX_TEAMS = 100;
/** Characters. */
export const MAX_TEAM_NAME = 60;

export interface Team {
  readonly teamId: TeamId;
  readonly name: string;
  readonly members: number;
}

/** By name. */
export async function listTeams(shopId: ShopId): Promise<Team[]> {
  const rows = await getDb().team.findMany({
    where: { shopId },
    orderBy: { name: "asc" },
    select: { id: true, name: true, _count: { select: { members: true } } },
  });
  return rows.map(({ id, name, _count }) => ({
    teamId: teamIdSchema.parse(id),
    name,
    members: _count.members,
  }));
}

/** @throws AppError bad_request without a proper name, conflict where it is taken, too_large for one too many */
export async function createTeam(shopId: ShopId, wanted: string): Promise<TeamId> {
  const name = wanted.trim();
  if (name === "" || name.length > MAX_TEAM_NAME || !isStorable(name)) {
    throw new AppError("bad_request", "name: 1 to 60 characters");
  }
  const others = await getDb().team.findMany({ where: { shopId }, select: { name: true } });
  if (others.length >= MAX_TEAMS) throw new AppError("too_large", "this shop has enough teams");
  const key = name.toLocaleLowerCase();
  if (others.some((one) => one.name.toLocaleLowerCase() === key)) {
    throw new AppError("conflict", "there is such a team");
  }
  const row = await getDb()
    .team.create({ data: { shopId, name }, select: { id: true } })
    .catch((error: unknown) => {
      throw isTakenKey(error) ? new AppError("conflict", "there is such a team") : error;
    });
  return teamIdSchema.parse(row.id);
}

/** Its members and conversations are in no team then, and these conversations in none ever after. @throws AppError not_found */
export async function deleteTeam(shopId: ShopId, teamId: TeamId): Promise<void> {
  await getDb().$transaction(async (tx) => {
    await tx.conversation.updateMany({ where: { shopId, teamId }, data: { teamGone: true } });
    const { count } = await tx.team.deleteMany({ where: { id: teamId, shopId } });
    if (count === 0) throw new AppError("not_found", "no such team");
  });
}

/** @param teamId null: into none. @throws AppError not_found */
export async function putInTeam(shopId: ShopId, memberId: MemberId, teamId: TeamId | null): Promise<void> {
  await getDb().$transaction(async (tx) => {
    if (teamId !== null && (await tx.team.count({ where: { id: teamId, shopId } })) === 0) {
      throw new AppError("not_found", "no such team");
    }
    const { count } = await tx.member.updateMany({ where: { id: memberId, shopId }, data: { teamId } });
    if (count === 0) throw new AppError("not_found", "no such person");
    if (teamId === null) return;
    await tx.conversation.updateMany({
      where: { shopId, memberId, teamId: null, teamGone: false },
      data: { teamId },
    });
  });
}
