/** What a shop's page may ask of us for its visitor: a pseudonym, events in, a person behind the pseudonym. */
import type { VisitorTokenClaims } from "@/lib/auth/tokens";
import type { ConsentLevel } from "@/lib/protocol/consent";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId, VisitorId } from "@/lib/protocol/ids";
import { allowedRecording } from "./consent";
import { createVisitor, requireVisitor, type VisitorBrowser } from "./create-visitor";
import { logOut } from "./log-out";
import { requireShopOrigin } from "./shop-origin";

export interface NewVisitor {
  /** Null: nothing may be kept in her browser; she has no pseudonym. */
  readonly visitorToken: string | null;
  /** For her orders; with the other one only. */
  readonly orderToken: string | null;
  /** What may be recorded of her. */
  readonly recording: ConsentLevel;
}

/** For a conversation, which she opens herself, she gets a pseudonym whatever may be recorded of her way. */
export async function newVisitorFor(
  asked: {
    readonly shopKey: string;
    readonly purpose: "visit" | "conversation";
    readonly consent?: ConsentLevel | undefined;
  },
  request: Request,
  browser: Omit<VisitorBrowser, "origin"> = { device: "", locale: "" },
): Promise<NewVisitor> {
  const origin = request.headers.get("origin");
  const shop = await requireShopOrigin(asked.shopKey, origin);
  const recording = allowedRecording(shop, asked.consent, request);
  const wanted = asked.purpose === "conversation" || recording === "full";
  const tokens = wanted
    ? await createVisitor(shop.shopId, { ...browser, origin: origin ?? "" })
    : { visitorToken: null, orderToken: null };
  return { ...tokens, recording };
}

export async function knownVisitorFor(
  asked: { readonly shopKey: string; readonly visitorToken: string },
  origin: string | null,
): Promise<VisitorTokenClaims> {
  const shop = await requireShopOrigin(asked.shopKey, origin);
  return requireVisitor(asked.visitorToken, shop.shopId, origin ?? "");
}

/** @throws AppError unauthorized, forbidden, not_found */
export async function logOutFor(
  asked: { readonly shopKey: string; readonly visitorToken: string },
  origin: string | null,
): Promise<void> {
  const shop = await requireShopOrigin(asked.shopKey, origin);
  await logOut(asked.visitorToken, shop.shopId);
}

/** Who a batch of events is recorded of. Null: it may not be recorded at all. */
export async function recordedVisitorFor(
  asked: {
    readonly shopKey: string;
    readonly visitorToken?: string | undefined;
    readonly consent?: ConsentLevel | undefined;
  },
  request: Request,
): Promise<{
  readonly shopId: ShopId;
  readonly visitorId: VisitorId | null;
  readonly inviteAfter: number | null;
} | null> {
  const origin = request.headers.get("origin");
  const shop = await requireShopOrigin(asked.shopKey, origin);
  const recording = allowedRecording(shop, asked.consent, request);
  if (recording === "none") return null;
  const { shopId, inviteAfter } = shop;
  if (recording === "anonymous") return { shopId, visitorId: null, inviteAfter: null };
  if (asked.visitorToken === undefined) throw new AppError("unauthorized", "a visitor token is needed");
  const { visitorId } = await requireVisitor(asked.visitorToken, shopId, origin ?? "");
  return { shopId, visitorId, inviteAfter };
}
