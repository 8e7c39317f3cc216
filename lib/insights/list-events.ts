/** Recorded facts as the public API hands them out: in the order in which they came in, so that whoever follows misses none. */
import * as z from "zod/mini";
import type { ListEventsAnswer } from "@/lib/protocol/api/answers";
import { readCursor, writeCursor } from "@/lib/protocol/api/cursor";
import type { ShopId } from "@/lib/protocol/ids";
import { runSql } from "./internal/run-sql";
import { SETTLED_AFTER_MS } from "./settled";

export interface EventsQuestion {
  readonly type?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const rowSchema = z.object({
  id: z.string(),
  type: z.string(),
  version: z.int(),
  source: z.enum(["server", "browser"]),
  at: z.date(),
  receivedAt: z.date(),
  visitorId: z.nullable(z.string()),
  conversationId: z.nullable(z.string()),
  memberId: z.nullable(z.string()),
  productId: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
});

const sql = `
  select e.id, e.type, e.version, e.source, e."occurredAt" as at, e."receivedAt", e."visitorId", e."conversationId", e."memberId",
    p."externalId" as "productId", e.data
  from "Event" e left join "Product" p on p.id = e."productId" and p."shopId" = e."shopId"
  where e."shopId" = $1 and (e."receivedAt", e.id) > ($2::timestamptz, $3::text) and e."receivedAt" < clock_timestamp() - $4::int * interval '1 millisecond'
    and ($5::text = '' or e.type = $5::text)
  order by e."receivedAt", e.id limit $6::int`;

const BEGINNING = { at: new Date(0).toISOString(), id: "" };

/** @throws AppError bad_request for a cursor that is none */
export async function listEvents(
  shopId: ShopId,
  { type, cursor, limit }: EventsQuestion,
): Promise<ListEventsAnswer> {
  const after = readCursor(cursor) ?? BEGINNING;
  const parameters = [shopId, after.at, after.id, SETTLED_AFTER_MS, type ?? "", limit + 1];
  const rows = z.array(rowSchema).parse(await runSql(sql, parameters));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(({ at, receivedAt, ...row }) => ({
      ...row,
      at: at.toISOString(),
      receivedAt: receivedAt.toISOString(),
    })),
    next: writeCursor(last ? { at: last.receivedAt.toISOString(), id: last.id } : after),
    more: rows.length > limit,
  };
}
