/** The few HTTP calls of the frame. Identity travels in the call, never in a cookie. */
import { AppError } from "@/lib/protocol/errors";
import {
  type AskedProduct,
  askedProductSchema,
  openConversationAnswerSchema,
  roomTokenAnswerSchema,
} from "@/lib/protocol/http";
import type { ConversationId } from "@/lib/protocol/ids";
import { errorCodeOf } from "@/lib/ui/uploads/send-file";

export interface OpenedConversation {
  readonly conversationId: ConversationId;
  readonly roomToken: string;
}

/** The visitor's open conversation; with `create`, a new one when there is none. */
export async function openConversation(asked: {
  readonly visitorToken: string;
  readonly create: boolean;
  readonly locale: string;
  /** Of the shop's page. */
  readonly language: string;
  readonly trigger: string;
}): Promise<OpenedConversation | null> {
  const answer = await call("/api/v1/conversations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
  });
  return openConversationAnswerSchema.parse(answer).conversation;
}

export async function fetchRoomToken(conversationId: ConversationId, visitorToken: string): Promise<string> {
  const answer = await call(`/api/v1/conversations/${conversationId}/room-token`, {
    method: "POST",
    headers: bearer(visitorToken),
  });
  return roomTokenAnswerSchema.parse(answer).roomToken;
}

/** The product that the shop's page names, as our catalogue knows it. */
export async function fetchAskedProduct(
  externalId: string,
  visitorToken: string,
  language: string,
): Promise<AskedProduct> {
  const by = new URLSearchParams({ language });
  const answer = await call(`/api/v1/products/${encodeURIComponent(externalId)}?${by}`, {
    headers: bearer(visitorToken),
  });
  return askedProductSchema.parse(answer);
}

export function bearer(visitorToken: string): Record<string, string> {
  return { authorization: `Bearer ${visitorToken}` };
}

/** @throws AppError with the server's code, or `unavailable` when no answer came. */
export async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "omit", ...init });
  } catch (cause) {
    throw new AppError("unavailable", "no answer", { cause });
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new AppError(errorCodeOf(body) ?? "internal");
  return body;
}
