/**
 * Who a visitor is, by the word of the shop's server. One visitor is one person at most: the first token joins her to a
 * person, another person's token at the same browser makes a new visitor, so that on a shared computer nobody reads the
 * other's conversation and nobody's trail runs into the other's (D11). Both are recorded.
 */
import { type VouchedPerson, verifyIdentityToken } from "@/lib/auth/identity-token";
import type { VisitorClaims, VisitorTokenClaims } from "@/lib/auth/tokens";
import { getDb, type Prisma } from "@/lib/db/client";
import { recordEvent } from "@/lib/insights/record";
import { AppError } from "@/lib/protocol/errors";
import { visitorIdSchema } from "@/lib/protocol/ids";
import { tokensOf, type VisitorTokens } from "./create-visitor";
import { getIdentitySecret } from "./identity-secret";

/** Milliseconds. The embedded database runs one transaction at a time, and an import may keep it busy. */
const WAITS = { maxWait: 20_000, timeout: 20_000 };

export interface Identified {
  readonly outcome: /** She was nobody in particular until now. */
    | "joined"
    /** She was known; name and address may be newer. */
    | "same"
    /** Somebody else was here before: this is a new visitor. */
    | "split";
  readonly visitor: VisitorClaims;
  /** Hers from now on; with `joined` no older one holds any more. */
  readonly tokens: VisitorTokens;
  readonly person: VouchedPerson;
}

/** @throws AppError unauthorized for a token the shop's server did not sign, or a visitor who is gone */
export async function identifyVisitor(asker: VisitorTokenClaims, identityToken: string): Promise<Identified> {
  const person = await verifyIdentityToken(identityToken, await getIdentitySecret(asker.shopId));
  const { outcome, visitorId, epoch } = await getDb().$transaction((tx) => join(tx, asker, person), WAITS);
  const visitor: VisitorClaims = { shopId: asker.shopId, visitorId: visitorIdSchema.parse(visitorId) };
  if (outcome !== "same") {
    await recordEvent({
      type: outcome === "joined" ? "identity_joined" : "identity_split",
      shopId: asker.shopId,
      conversationId: null,
      visitorId: visitor.visitorId,
    });
  }
  return { outcome, visitor, tokens: await tokensOf(visitor, epoch), person };
}

async function join(
  tx: Prisma.TransactionClient,
  asker: VisitorTokenClaims,
  person: VouchedPerson,
): Promise<{ readonly outcome: Identified["outcome"]; readonly visitorId: string; readonly epoch: number }> {
  const { shopId } = asker;
  // Two tabs may log in at once: the second waits here.
  const [visitor] = await tx.$queryRaw<{ personId: string | null; tokenEpoch: number; origin: string }[]>`
    SELECT "personId", "tokenEpoch", "origin" FROM "Visitor" WHERE "id" = ${asker.visitorId} AND "shopId" = ${shopId} FOR UPDATE`;
  if (visitor === undefined) throw new AppError("unauthorized", "no such visitor");
  const { externalId, name, email } = person;
  const { id: personId } = await tx.person.upsert({
    where: { shopId_externalId: { shopId, externalId } },
    create: { shopId, externalId, name, email },
    update: { name, email, seenAt: new Date() },
    select: { id: true },
  });
  const { visitorId } = asker;
  // Also with an older token: the answer that brought the newest one may have been lost, and the shop vouches for her.
  if (visitor.personId === personId) return { outcome: "same", visitorId, epoch: visitor.tokenEpoch };
  if (visitor.personId === null && asker.epoch === visitor.tokenEpoch) {
    const epoch = visitor.tokenEpoch + 1;
    await tx.visitor.update({ where: { id: visitorId }, data: { personId, tokenEpoch: epoch } });
    return { outcome: "joined", visitorId, epoch };
  }
  const { id } = await tx.visitor.create({
    data: { shopId, personId, origin: visitor.origin },
    select: { id: true },
  });
  return { outcome: "split", visitorId: id, epoch: 0 };
}
