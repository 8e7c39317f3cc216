import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { logOutSchema } from "@/lib/protocol/http-requests";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";
import { logOutFor } from "@/lib/visitors/take-requests";

/** A key and a token. */
const MAX_BODY_BYTES = 4_096;
const PER_ADDRESS = { points: 60, seconds: 60 };

/** POST (text/plain): she logged out of the shop. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  let key = "";
  const response = await answer(async () => {
    await limit("logout", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
    const asked = await readJson(request, logOutSchema, MAX_BODY_BYTES);
    key = asked.shopKey;
    await logOutFor(asked, origin);
    return null;
  });
  return readableBy(await findAllowedOrigin(key, origin), response);
}
