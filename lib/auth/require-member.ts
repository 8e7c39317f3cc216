/** The door to everything a shop's people may do. Only this file makes a `Member`, so whoever holds one was let in. */
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { type MemberId, memberIdSchema, type ShopId, shopIdSchema } from "@/lib/protocol/ids";
import { canActAs, type MemberRole, memberRoles } from "@/lib/protocol/roles";
import { getAuth } from "./auth";

declare const admitted: unique symbol;

export interface Member {
  readonly [admitted]: true;
  readonly memberId: MemberId;
  readonly userId: string;
  readonly shopId: ShopId;
  readonly role: MemberRole;
  readonly name: string;
  readonly email: string;
  /** Of the session that was used. */
  readonly sessionId: string;
}

/** Who asks, or null when nobody is signed in, or the person belongs to no shop any more. */
export async function findMember(from: Request | Headers): Promise<Member | null> {
  const headers = from instanceof Headers ? from : from.headers;
  // Without our cookie there is nobody to look up.
  if (!headers.get("cookie")?.includes("vetrina.")) return null;
  const session = await getAuth().api.getSession({ headers });
  if (!session) return null;
  const row = await getDb().member.findFirst({
    where: { userId: session.user.id },
    orderBy: { createdAt: "asc" },
    select: { id: true, shopId: true, role: true },
  });
  const role = memberRoles.find((known) => known === row?.role);
  if (!row || !role) return null;
  return {
    memberId: memberIdSchema.parse(row.id),
    shopId: shopIdSchema.parse(row.shopId),
    userId: session.user.id,
    role,
    name: session.user.name,
    email: session.user.email,
    sessionId: session.session.id,
  } as Member;
}

/** @throws AppError unauthorized without a session, forbidden below `leastRole` */
export async function requireMember(from: Request | Headers, leastRole: MemberRole): Promise<Member> {
  const member = await findMember(from);
  if (!member) throw new AppError("unauthorized", "sign in first");
  if (!canActAs(member.role, leastRole)) throw new AppError("forbidden", `needs the role ${leastRole}`);
  return member;
}
