/** What the addresses have in common that a shop's pages call: limited by address, read, answered to the shop's own pages only. */
import type * as z from "zod/mini";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { findAllowedOrigin } from "@/lib/visitors/allowed-origin";
import { readableBy } from "@/lib/visitors/cross-origin";

interface PageQuestion<Schema> {
  /** Its limit's own name. */
  readonly name: string;
  readonly perAddress: { readonly points: number; readonly seconds: number };
  readonly maxBytes: number;
  readonly schema: Schema;
}

/** @param work gets what was asked and the page's origin, which it has to check; its errors become answers */
export async function answerPage<Schema extends z.ZodMiniType<{ readonly shopKey: string }>>(
  request: Request,
  { name, perAddress, maxBytes, schema }: PageQuestion<Schema>,
  work: (asked: z.output<Schema>, origin: string | null) => Promise<unknown>,
): Promise<Response> {
  const origin = request.headers.get("origin");
  // Until it was read nobody's page may read the answer, not even the refusal.
  let shopKey = "";
  const response = await answer(async () => {
    await limit(name, request.headers.get(ADDRESS_HEADER) ?? "unknown", perAddress);
    const asked = await readJson(request, schema, maxBytes);
    shopKey = asked.shopKey;
    return work(asked, origin);
  });
  return readableBy(await findAllowedOrigin(shopKey, origin), response);
}
