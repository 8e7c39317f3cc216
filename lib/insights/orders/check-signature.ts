/** Whether a delivery comes from who holds the hook's secret. Each shape signs in its platform's way; all compare in constant time. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { AppError } from "@/lib/protocol/errors";

/** Where each shop system puts the base64 of HMAC-SHA256 over the body as it was sent. */
const signatureHeader = {
  woocommerce: "x-wc-webhook-signature",
  shopify: "x-shopify-hmac-sha256",
} as const;

export const hookKinds = ["own", "woocommerce", "shopify"] as const;
export type HookKind = (typeof hookKinds)[number];

/** @throws AppError unauthorized; for our own shape, too, when its timestamp is more than five minutes off */
export function checkSignature(kind: HookKind, secret: string, headers: Headers, raw: Buffer): void {
  if (kind === "own") checkStandard(secret, headers, raw);
  else checkPlatform(kind, secret, headers, raw);
}

function checkPlatform(
  kind: keyof typeof signatureHeader,
  secret: string,
  headers: Headers,
  raw: Buffer,
): void {
  const given = headers.get(signatureHeader[kind]);
  if (given === null) throw new AppError("unauthorized", `the header ${signatureHeader[kind]} is missing`);
  const wanted = createHmac("sha256", secret).update(raw).digest();
  const sent = Buffer.from(given, "base64");
  if (sent.length !== wanted.length || !timingSafeEqual(sent, wanted)) {
    throw new AppError("unauthorized", "the signature does not fit the secret");
  }
}

/** Standard Webhooks: HMAC-SHA256 over "id.timestamp.body". */
function checkStandard(secret: string, headers: Headers, raw: Buffer): void {
  const named = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, headers.get(name) ?? ""]),
  );
  try {
    new Webhook(secret).verify(raw, named, { jsonParse: false });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw new AppError("unauthorized", wordsOf(error.message), { cause: error });
  }
}

function wordsOf(problem: string): string {
  if (problem.includes("timestamp")) return "webhook-timestamp is more than five minutes from our clock";
  if (problem.includes("headers") || problem.includes("Headers")) {
    return "webhook-id, webhook-timestamp and webhook-signature are needed";
  }
  return "the signature does not fit the secret";
}
