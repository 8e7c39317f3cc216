/** The agent's key: she proposes what could go into the cart, thinks again, takes it back. */
import { randomUUID } from "node:crypto";
import { findVariant, type OfferedVariant } from "@/lib/catalogue/find-variant";
import type { BasketRequest } from "@/lib/protocol/basket-requests";
import { AppError } from "@/lib/protocol/errors";
import { productIdSchema } from "@/lib/protocol/ids";
import type { Claims } from "@/lib/sync/server/ports";
import { viewOf } from "../view-of";
import { recordBasket } from "./basket-facts";
import { changeBasket, findLine, listLines } from "./basket-rows";
import { type Offer, propose, whereToPropose, withdraw } from "./basket-rules";
import { tellBasket } from "./tell-basket";

type Request<Type> = Extract<BasketRequest, { type: Type }>;

/** @throws AppError not_found, conflict when it is sold out, too_many, conversation_closed */
export async function proposeLine(request: Request<"basket-propose">, by: Claims, now: Date): Promise<void> {
  const { conversationId, shopId, participantId, memberId } = by;
  const found = await sellable(by, request.productId, request.externalId);
  const offer = offerOf(found, request.quantity);
  const id = randomUUID();
  const isNew = await changeBasket(conversationId, now, async ({ status, lines, add, save }) => {
    if (status === "closed") throw new AppError("conversation_closed");
    const waiting = whereToPropose(lines, offer.externalId);
    if (waiting) {
      await save(waiting, propose(waiting, offer));
      return false;
    }
    const { productId, title, url, pictureId } = found;
    const place = { id, conversationId, shopId, productId, proposedBy: participantId };
    await add({ ...place, ...offer, title, url, pictureId, createdAt: now, changedAt: now });
    return true;
  });
  const { available: _, ...shown } = found;
  const body = {
    kind: "basket",
    lineId: id,
    ...shown,
    quantity: offer.quantity,
    text: request.text,
  } as const;
  await tellBasket(shopId, conversationId, isNew ? [{ body, by: participantId, clientId: id }] : []);
  if (!isNew) return;
  const line = { ...offer, productId: found.productId };
  const who = { participantId, memberId: memberId ?? null };
  await recordBasket({ shopId, conversationId }, [{ type: "basket_proposed", line, by: who }]);
}

/** @throws AppError not_found, conflict once it does not wait any more or is sold out, conversation_closed */
export async function changeLine(request: Request<"basket-change">, by: Claims, now: Date): Promise<void> {
  const { conversationId, shopId } = by;
  const { productId } = findLine(await listLines(conversationId), request.lineId);
  const found = await sellable(by, productIdSchema.parse(productId), request.externalId);
  await changeBasket(conversationId, now, async ({ status, lines, line, save }) => {
    if (status === "closed") throw new AppError("conversation_closed");
    const waiting = line(request.lineId);
    const taken = lines.some(
      (other) => other !== waiting && other.state === "proposed" && other.externalId === found.externalId,
    );
    if (taken) throw new AppError("conflict", "this variant waits already");
    await save(waiting, propose(waiting, offerOf(found, request.quantity)));
  });
  await tellBasket(shopId, conversationId);
}

/** @throws AppError not_found, conflict once she has answered, conversation_closed */
export async function withdrawLine(
  request: Request<"basket-withdraw">,
  by: Claims,
  now: Date,
): Promise<void> {
  const { conversationId, shopId } = by;
  await changeBasket(conversationId, now, async ({ status, line, save }) => {
    if (status === "closed") throw new AppError("conversation_closed");
    const waiting = line(request.lineId);
    await save(waiting, withdraw(waiting));
  });
  await tellBasket(shopId, conversationId);
}

async function sellable(
  by: Claims,
  productId: OfferedVariant["productId"],
  externalId: string,
): Promise<OfferedVariant> {
  const found = await findVariant(await viewOf(by), productId, externalId);
  if (found === null) throw new AppError("not_found", "no such variant in this shop");
  if (!found.available) throw new AppError("conflict", "it is sold out");
  return found;
}

function offerOf({ externalId, label, currency, unitMinor }: OfferedVariant, quantity: number): Offer {
  return { externalId, label, currency, unitMinor, quantity };
}
