import { answer } from "@/lib/http/answer";
import { deviceOf } from "@/lib/http/device-of";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { createVisitorSchema } from "@/lib/protocol/http-requests";
import { matchLocale } from "@/lib/protocol/locales";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";
import { newVisitorFor } from "@/lib/visitors/take-requests";

/** A shop key and little else. */
const MAX_BODY_BYTES = 1_024;
/** A whole office may sit behind one address; a script that makes thousands does not get far. */
const PER_ADDRESS = { points: 120, seconds: 60 };

/** POST: a first-party pseudonymous identity for a visitor of one of the shop's pages, and what may be recorded of her. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  let key = "";
  const response = await answer(async () => {
    await limit("visitors", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
    const asked = await readJson(request, createVisitorSchema, MAX_BODY_BYTES);
    key = asked.shopKey;
    const { headers } = request;
    const locale = matchLocale(headers.get("accept-language")) ?? "";
    return newVisitorFor(asked, request, { device: deviceOf(headers), locale });
  });
  return readableBy(await findAllowedOrigin(key, origin), response);
}
