/** What the desk's Customer drawer shows of the person in a conversation (CO17). For members of her shop only. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import type { CustomerFacts } from "@/lib/protocol/desk";
import type { VisitorId } from "@/lib/protocol/ids";
import { type ConversationAccess, requireMemberOf } from "./conversation-access";
import { listEarlier, loadVisitDays } from "./customer-history";
import { productFaces } from "./product-faces";
import { currentPages, viewedProducts } from "./visited-pages";

/** As lib/insights stores a claimed cart. */
const cartSchema = z.object({
  currency: z.string(),
  lines: z.array(
    z.object({
      externalId: z.string(),
      productId: z.nullable(z.string()),
      quantity: z.number(),
      unitMinor: z.number(),
    }),
  ),
});

export async function loadCustomerFacts(access: ConversationAccess): Promise<CustomerFacts> {
  const member = requireMemberOf(access, "agent");
  const { conversationId, shopId, visitorId } = access;
  const db = getDb();
  const row = await db.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    select: {
      locale: true,
      createdAt: true,
      visitor: {
        select: {
          createdAt: true,
          person: {
            select: {
              externalId: true,
              name: true,
              email: true,
              visitors: { select: { id: true, createdAt: true } },
            },
          },
        },
      },
      participants: { where: { role: "customer" }, select: { name: true } },
    },
  });
  const { person } = row.visitor;
  // The same person at her phone and at her desk: what she did there is hers, too.
  const hers = { in: person?.visitors.map(({ id }) => id) ?? [visitorId] };
  const before = { shopId, visitorId: hers, createdAt: { lt: row.createdAt } };
  const [earlierConversations, earlier, visits, orders, pages, trail, cart, context] = await Promise.all([
    db.conversation.count({ where: before }),
    listEarlier(member, before),
    loadVisitDays(shopId, hers.in),
    db.order.count({ where: { visitorId: hers } }),
    currentPages([visitorId]),
    viewedProducts(hers.in),
    findCart(visitorId),
    findContext(visitorId),
  ]);
  return {
    conversationId,
    name: row.participants[0]?.name ?? "",
    locale: row.locale,
    person: person && { externalId: person.externalId, name: person.name, email: person.email },
    firstSeenAt: Math.min(...(person?.visitors ?? [row.visitor]).map(({ createdAt }) => createdAt.getTime())),
    earlierConversations,
    earlier,
    visits,
    page: pages.get(visitorId) ?? null,
    trail,
    cart,
    orders,
    context,
  };
}

/** As lib/insights stores what a page told of a visit. */
const contextSchema = z.object({ values: z.array(z.object({ name: z.string(), value: z.string() })) });

async function findContext(visitorId: VisitorId): Promise<CustomerFacts["context"]> {
  const event = await getDb().event.findFirst({
    where: { visitorId, type: "context_told" },
    orderBy: { occurredAt: "desc" },
    select: { data: true },
  });
  const context = contextSchema.safeParse(event?.data);
  if (!context.success) return [];
  // A name that was cut may stand there twice.
  return [...new Map(context.data.values.map((one) => [one.name, one])).values()];
}

async function findCart(visitorId: VisitorId): Promise<CustomerFacts["cart"]> {
  const event = await getDb().event.findFirst({
    where: { visitorId, type: "cart_changed" },
    orderBy: { occurredAt: "desc" },
    select: { data: true, occurredAt: true },
  });
  const cart = cartSchema.safeParse(event?.data);
  if (event === null || !cart.success) return null;
  const { currency, lines } = cart.data;
  const faces = await productFaces(lines.map((line) => line.productId));
  return {
    at: event.occurredAt.getTime(),
    currency,
    lines: lines.map(({ externalId, productId, quantity, unitMinor }) => {
      const face = productId === null ? undefined : faces.get(productId);
      return {
        id: externalId,
        quantity,
        unitMinor,
        title: face?.title ?? externalId,
        picture: face?.picture ?? null,
      };
    }),
  };
}
