import { nameCustomer } from "@/lib/conversations/name-customer";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { identifySchema } from "@/lib/protocol/http-requests";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";
import { identifyVisitor } from "@/lib/visitors/identify";
import { knownVisitorFor } from "@/lib/visitors/take-requests";

/** Two tokens and a key. */
const MAX_BODY_BYTES = 8_192;
/** Guessing a signature is hopeless; this bounds what trying costs. */
const PER_ADDRESS = { points: 60, seconds: 60 };

/** POST (text/plain): the page hands over what the shop's server signed about its customer. */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  let key = "";
  const response = await answer(async () => {
    await limit("identify", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
    const asked = await readJson(request, identifySchema, MAX_BODY_BYTES);
    key = asked.shopKey;
    const { tokens, outcome, visitor } = await identifyVisitor(
      await knownVisitorFor(asked, origin),
      asked.identity,
    );
    await nameCustomer(visitor);
    return { ...tokens, outcome };
  });
  return readableBy(await findAllowedOrigin(key, origin), response);
}
