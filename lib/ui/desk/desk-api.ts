/** The desk's calls to the server. The session cookie proves who asks. */
import * as z from "zod/mini";
import {
  type CatalogueProduct,
  type CatalogueProductDetail,
  type CatalogueSearchAnswer,
  catalogueProductDetailSchema,
  catalogueProductsSchema,
  catalogueSearchAnswerSchema,
  type RelatedProducts,
  relatedProductsSchema,
} from "@/lib/protocol/catalogue-answers";
import { type CustomerCart, customerCartSchema } from "@/lib/protocol/customer-cart";
import {
  type CustomerOrderDetails,
  type CustomerOrders,
  customerOrderDetailsSchema,
  customerOrdersSchema,
} from "@/lib/protocol/customer-orders";
import { type CustomerFacts, customerFactsSchema, deskJoinedSchema } from "@/lib/protocol/desk";
import { AppError, type ErrorCode, errorCodes } from "@/lib/protocol/errors";
import { roomTokenAnswerSchema } from "@/lib/protocol/http";
import type { ConversationId, ParticipantId, ProductId } from "@/lib/protocol/ids";
import { enteredByCodeSchema } from "@/lib/protocol/spoken-code-answers";

const errorBodySchema = z.object({ error: z.object({ code: z.enum(errorCodes), detail: z.string() }) });

/** @throws AppError the server's code, or `unavailable` when there is no line. */
export async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new AppError("unavailable", "no connection", { cause });
  }
  const text = await response.text();
  if (!response.ok) throw errorOf(response.status, text);
  return text === "" ? null : JSON.parse(text);
}

/** What a refusal's body says; a proxy's own error page counts as "unavailable". */
function errorOf(status: number, text: string): AppError {
  try {
    const { error } = errorBodySchema.parse(JSON.parse(text));
    return new AppError(error.code, error.detail);
  } catch {
    const code: ErrorCode = status === 413 ? "too_large" : "unavailable";
    return new AppError(code, `status ${status}`);
  }
}

const path = (id: ConversationId, rest: string) => `/api/v1/desk/conversations/${id}${rest}`;
const post = { method: "POST" } as const;

export async function enter(id: ConversationId, how: "accept" | "join" | "supervise"): Promise<void> {
  deskJoinedSchema.parse(await ask(path(id, `/${how}`), post));
}

/** @param code as it was typed @returns the conversation that she is in now */
export async function enterByCode(code: string): Promise<ConversationId> {
  const answer = await ask("/api/v1/desk/spoken-code", {
    ...post,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  return enteredByCodeSchema.parse(answer).conversationId;
}

export async function leave(id: ConversationId): Promise<void> {
  await ask(path(id, "/leave"), post);
}

export async function end(id: ConversationId): Promise<void> {
  await ask(path(id, "/end"), post);
}

export async function loadCustomer(id: ConversationId, signal: AbortSignal): Promise<CustomerFacts> {
  return customerFactsSchema.parse(await ask(path(id, ""), { signal }));
}

export async function loadOrders(id: ConversationId, signal: AbortSignal): Promise<CustomerOrders> {
  return customerOrdersSchema.parse(await ask(path(id, "/orders"), { signal }));
}

export async function loadShopCart(id: ConversationId, signal: AbortSignal): Promise<CustomerCart> {
  return customerCartSchema.parse(await ask(path(id, "/cart"), { signal }));
}

export async function loadOrder(
  id: ConversationId,
  reference: string,
  signal: AbortSignal,
): Promise<CustomerOrderDetails> {
  const answer = await ask(path(id, `/orders/${encodeURIComponent(reference)}`), { signal });
  return customerOrderDetailsSchema.parse(answer);
}

export async function getRoomToken(id: ConversationId): Promise<string> {
  return roomTokenAnswerSchema.parse(await ask(`/api/v1/conversations/${id}/room-token`, post)).roomToken;
}

export async function sendAway(id: ConversationId, companion: ParticipantId): Promise<void> {
  await ask(`/api/v1/conversations/${id}/companions/${companion}`, { method: "DELETE" });
}

/** Products are asked for in the words and at the prices of a conversation; null: the shop's own. */
export type CatalogueOf = ConversationId | null;

const inView = (of: CatalogueOf, params = new URLSearchParams()) => {
  if (of !== null) params.set("conversation", of);
  return params;
};

/** @param question as `questionParams` writes it, with the conversation if there is one */
export async function searchCatalogue(
  question: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<CatalogueSearchAnswer> {
  const params = new URLSearchParams(question);
  if (cursor !== null) params.set("cursor", cursor);
  return catalogueSearchAnswerSchema.parse(await ask(`/api/v1/catalogue/search?${params}`, { signal }));
}

/** Some products, in the order asked for. */
export async function loadProducts(
  of: CatalogueOf,
  ids: readonly ProductId[],
  signal: AbortSignal,
): Promise<CatalogueProduct[]> {
  const params = inView(of, new URLSearchParams(ids.map((id) => ["id", id])));
  return catalogueProductsSchema.parse(await ask(`/api/v1/catalogue/products?${params}`, { signal }))
    .products;
}

export async function loadDetail(
  of: CatalogueOf,
  id: ProductId,
  signal?: AbortSignal,
): Promise<CatalogueProductDetail> {
  return catalogueProductDetailSchema.parse(
    await ask(`/api/v1/catalogue/products/${id}?${inView(of)}`, signal ? { signal } : {}),
  );
}

export async function loadRelated(
  of: CatalogueOf,
  id: ProductId,
  signal: AbortSignal,
): Promise<RelatedProducts["related"]> {
  const path = `/api/v1/catalogue/products/${id}/related?${inView(of)}`;
  return relatedProductsSchema.parse(await ask(path, { signal })).related;
}
