/** A shop's people: who may sign in, and as what. A shop always keeps at least one admin. */
import { getAuth } from "@/lib/auth/auth";
import { randomPassword } from "@/lib/auth/password";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type MemberId, memberIdSchema, type ShopId } from "@/lib/protocol/ids";
import { type MemberRole, memberRoles } from "@/lib/protocol/roles";
import { roomsSlot } from "@/lib/protocol/rooms-port";

export interface Person {
  readonly memberId: MemberId;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly createdAt: Date;
  readonly teamId: string | null;
}

export async function listPeople(shopId: ShopId): Promise<Person[]> {
  const rows = await getDb().member.findMany({
    where: { shopId },
    orderBy: { createdAt: "asc" },
    include: { user: { select: { name: true, email: true } } },
  });
  return rows.map((row) => ({
    memberId: memberIdSchema.parse(row.id),
    name: row.user.name,
    email: row.user.email,
    role: memberRoles.find((role) => role === row.role) ?? "agent",
    createdAt: row.createdAt,
    teamId: row.teamId,
  }));
}

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
}

/**
 * Makes a sign-in with a random password, which is handed out this once and kept only as a hash.
 * @throws AppError conflict when somebody has this e-mail already
 */
export async function createPerson(
  shopId: ShopId,
  person: NewPerson,
): Promise<{ person: Person; password: string }> {
  const email = normalizeEmail(person.email);
  const password = randomPassword();
  const hash = await (await getAuth().$context).password.hash(password);
  if (await getDb().user.findUnique({ where: { email }, select: { id: true } })) {
    throw new AppError("conflict", "somebody has this e-mail already");
  }
  const member = await getDb().$transaction(async (tx) => {
    const user = await tx.user.create({ data: { name: person.name.trim(), email, emailVerified: true } });
    await tx.account.create({
      data: { userId: user.id, accountId: user.id, providerId: "credential", password: hash },
    });
    return tx.member.create({ data: { shopId, userId: user.id, role: person.role } });
  });
  const { id, createdAt } = member;
  return {
    person: {
      memberId: memberIdSchema.parse(id),
      name: person.name.trim(),
      email,
      role: person.role,
      createdAt,
      teamId: null,
    },
    password,
  };
}

/** Ends every session the person has. @throws AppError not_found */
export async function resetPassword(shopId: ShopId, memberId: MemberId): Promise<string> {
  const member = await getMember(shopId, memberId);
  const password = randomPassword();
  const hash = await (await getAuth().$context).password.hash(password);
  await getDb().$transaction([
    getDb().account.updateMany({
      where: { userId: member.userId, providerId: "credential" },
      data: { password: hash },
    }),
    getDb().session.deleteMany({ where: { userId: member.userId } }),
  ]);
  return password;
}

/** Counts at once, also in rooms that the person has open. @throws AppError not_found, or forbidden when the shop would be left without an admin */
export async function changeRole(shopId: ShopId, memberId: MemberId, role: MemberRole): Promise<void> {
  const member = await getMember(shopId, memberId);
  if (member.role === "admin" && role !== "admin") await requireAnotherAdmin(shopId, memberId);
  await getDb().member.update({ where: { id: memberId }, data: { role } });
  roomsSlot.find()?.disconnectMember(memberId, false);
}

/** The person can no longer sign in; what they did stays. @throws AppError not_found, forbidden for the last admin */
export async function removePerson(shopId: ShopId, memberId: MemberId): Promise<void> {
  const member = await getMember(shopId, memberId);
  if (member.role === "admin") await requireAnotherAdmin(shopId, memberId);
  await getDb().user.delete({ where: { id: member.userId } });
  roomsSlot.find()?.disconnectMember(memberId, true);
}

function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

async function getMember(shopId: ShopId, memberId: MemberId) {
  const member = await getDb().member.findFirst({ where: { id: memberId, shopId } });
  if (!member) throw new AppError("not_found", "no such person");
  return member;
}

async function requireAnotherAdmin(shopId: ShopId, memberId: MemberId): Promise<void> {
  const others = await getDb().member.count({ where: { shopId, role: "admin", id: { not: memberId } } });
  if (others === 0) throw new AppError("forbidden", "a shop needs at least one admin");
}
