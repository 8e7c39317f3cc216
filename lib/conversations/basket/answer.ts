/** The customer's key: she says yes or no to a line, and her tab says what the shop's page answered. */
import type { CatalogueView } from "@/lib/catalogue/catalogue-view";
import { type Checked, checkLine } from "@/lib/catalogue/check-line";
import type { BasketRequest } from "@/lib/protocol/basket-requests";
import { AppError } from "@/lib/protocol/errors";
import type { Claims } from "@/lib/sync/server/ports";
import { viewOf } from "../view-of";
import { type BasketFact, customer, recordBasket } from "./basket-facts";
import { changeBasket, findLine, listLines, type StoredLine } from "./basket-rows";
import { type Change, confirm, decline, mayConfirm, seeInCart, settle } from "./basket-rules";
import { findToldCart } from "./cart-claims";
import { nameOf, tellBasket, type Word } from "./tell-basket";
import { offerWayOut } from "./way-out";

type Request<Type> = Extract<BasketRequest, { type: Type }>;
type Tried =
  | { readonly ok: true; readonly checked: Checked }
  | { readonly ok: false; readonly error: unknown };

/**
 * Checks price and stock of each line again, and lets this tab put what still is as she saw it. Each line is for itself:
 * those that can go on do, also when another cannot.
 *
 * @throws AppError not_found, conflict when it is not what is proposed now, unavailable when nobody can say price and
 * stock, conversation_closed
 */
export async function confirmLines(request: Request<"basket-confirm">, by: Claims, now: Date): Promise<void> {
  const { conversationId, shopId, participantId } = by;
  if (!by.visitorId) throw new AppError("forbidden", "a customer is a visitor");
  const view = await viewOf(by);
  const lines = await listLines(conversationId);
  const errors: unknown[] = [];
  const asked = request.lines.flatMap((yes) => {
    try {
      const line = findLine(lines, yes.lineId);
      return mayConfirm(line, { ...yes, attempt: request.attempt }, now) ? [{ yes, line }] : [];
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  const tried = await Promise.all(asked.map(({ yes, line }) => check(view, line, yes.quantity)));
  const cart = await findToldCart(by.visitorId);
  const facts: BasketFact[] = [];
  const words: Word[] = [];
  const visitorId = await changeBasket(conversationId, now, async (basket) => {
    if (basket.status === "closed") throw new AppError("conversation_closed");
    for (const [index, { yes }] of asked.entries()) {
      const result = tried[index];
      if (!result?.ok) {
        errors.push(result?.error);
        continue;
      }
      const line = basket.line(yes.lineId);
      const attempt = { ...yes, attempt: request.attempt };
      // Another tab, or the agent, may have been quicker while price and stock were checked.
      if (line.version !== yes.version || !mayConfirm(line, attempt, now)) continue;
      const pieces = cart.piecesOf(line.externalId);
      const seen = cart.at > (line.putAt ?? now) ? seeInCart(line, pieces, now) : {};
      const change = seen.state === "in_cart" ? seen : confirm(line, attempt, result.checked, pieces, now);
      await basket.save(line, change);
      tellOf(line, change, request.attempt, { facts, words });
    }
    return basket.visitorId;
  });
  await tellBasket(shopId, conversationId, words);
  await recordBasket({ shopId, conversationId }, withCustomer(facts, visitorId, participantId));
  if (errors.length > 0) throw errors[0];
}

/** @throws AppError not_found, conflict once she has said yes or the agent took it back, conversation_closed */
export async function declineLines(request: Request<"basket-decline">, by: Claims, now: Date): Promise<void> {
  const { conversationId, shopId, participantId } = by;
  const facts: BasketFact[] = [];
  const words: Word[] = [];
  const visitorId = await changeBasket(conversationId, now, async ({ status, visitorId, line, save }) => {
    if (status === "closed") throw new AppError("conversation_closed");
    for (const lineId of request.lineIds) {
      const waiting = line(lineId);
      if (!(await save(waiting, decline(waiting)))) continue;
      facts.push({ type: "basket_declined", line: waiting, by: {} });
      const body = { kind: "notice", code: "basket_declined", name: nameOf(waiting) } as const;
      words.push({ body, by: null, clientId: `${lineId}-declined` });
    }
    return visitorId;
  });
  await tellBasket(shopId, conversationId, words);
  await recordBasket({ shopId, conversationId }, withCustomer(facts, visitorId, participantId));
}

/** Also after the end: what she had said yes to may just have reached her cart. @throws AppError not_found, conflict */
export async function settleLine(request: Request<"basket-result">, by: Claims, now: Date): Promise<void> {
  const { conversationId, shopId, participantId } = by;
  const facts: BasketFact[] = [];
  const words: Word[] = [];
  const visitorId = await changeBasket(conversationId, now, async ({ visitorId, line, save }) => {
    const put = line(request.lineId);
    const change = settle(put, request);
    if (await save(put, change)) tellOf(put, change, request.attempt, { facts, words });
    return visitorId;
  });
  await tellBasket(shopId, conversationId, words);
  await recordBasket({ shopId, conversationId }, withCustomer(facts, visitorId, participantId));
  if (!request.ok) await offerWayOut(request, by, now);
}

/** What there is to say and to record of a line that has come further. */
export function tellOf(
  line: StoredLine,
  change: Change,
  attempt: string,
  to: { readonly facts: BasketFact[]; readonly words: Word[] },
): void {
  const name = nameOf(line);
  const now = { ...line, ...change };
  if (change.state === "putting") to.facts.push({ type: "basket_confirmed", line: now, by: {} });
  if (change.state === "in_cart" && line.state !== "in_cart") {
    to.facts.push({ type: "basket_in_cart", line: now, by: {} });
    const body = { kind: "notice", code: "basket_in_cart", name } as const;
    to.words.push({ body, by: null, clientId: `${line.id}-in-cart` });
  }
  if (change.state === "refused") {
    const body = { kind: "notice", code: "basket_refused", name, reason: change.reason ?? "" } as const;
    to.words.push({ body, by: null, clientId: `${line.id}-${attempt}` });
  }
}

async function check(view: CatalogueView, line: StoredLine, quantity: number): Promise<Tried> {
  try {
    return { ok: true, checked: await checkLine(view, line.externalId, quantity) };
  } catch (error) {
    return { ok: false, error };
  }
}

const withCustomer = (
  facts: BasketFact[],
  visitorId: Parameters<typeof customer>[0],
  participantId: string,
) => facts.map((fact) => ({ ...fact, by: { ...customer(visitorId), participantId } }));
