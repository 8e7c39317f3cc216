/** Which pictures or videos are fetched next: of every host a few at once, all hosts in turn, however many wait for one. */
import { getDb } from "@/lib/db/client";
import { type WishKind, wishKinds } from "./places";

/** Asked of one host at once, by all our processes together: a browser asks for six. */
const AT_ONCE_OF_A_HOST = 2;
/** Of these, of each kind: a video takes minutes, and may not keep a host's pictures waiting for so long. */
const OF_A_KIND: Readonly<Record<WishKind, number>> = { picture: AT_ONCE_OF_A_HOST, video: 1 };
/**
 * Milliseconds after which whoever fetches one is taken for dead. Fetching, reading and cutting a picture takes less; of a
 * video ten minutes to fetch, fifteen to normalise, and as much to wait until what a customer sent is done.
 */
const LEASE_MS: Readonly<Record<WishKind, number>> = { picture: 600_000, video: 3_600_000 };

export interface ClaimedWish {
  readonly shopId: string;
  readonly productId: string;
  readonly position: number;
  readonly kind: WishKind;
  readonly url: string;
  readonly host: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly attempts: number;
  /** The product's title says what is on it. */
  readonly title: string;
  /** The product has what stood at this very address. */
  readonly isKept: boolean;
}

/**
 * @param paused hosts that want to be left alone for now
 * @param asked hosts that this process has asked before, the last one last: whose turn was longest ago comes first
 */
export async function claimWishes(
  kind: WishKind,
  count: number,
  { paused = [], asked = [] }: { readonly paused?: readonly string[]; readonly asked?: readonly string[] },
  now: Date,
): Promise<readonly ClaimedWish[]> {
  return getDb().$transaction(async (tx) => {
    // One at a time counts what a host is asked already.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('vetrina picture wishes'))`;
    await tx.$executeRaw`
      UPDATE "PictureWish" SET "state" = 'waiting'
      WHERE "kind" = ${kind} AND "state" = 'fetching' AND "nextAt" <= ${now}`;
    // The first rows of the index under each host: how many wait behind them costs nothing.
    return tx.$queryRaw<ClaimedWish[]>`
      WITH RECURSIVE hosts(host) AS (
        (SELECT "host" FROM "PictureWish" WHERE "kind" = ${kind} AND "state" = 'waiting' ORDER BY "host" LIMIT 1)
        UNION ALL
        SELECT (SELECT later."host" FROM "PictureWish" later
                WHERE later."kind" = ${kind} AND later."state" = 'waiting' AND later."host" > hosts.host
                ORDER BY later."host" LIMIT 1)
        FROM hosts WHERE hosts.host IS NOT NULL
      ), busy AS (
        SELECT "host", count(*) AS asked, count(*) FILTER (WHERE "kind" = ${kind}) AS alike FROM "PictureWish"
        WHERE "kind" = ANY(${[...wishKinds]}::text[]) AND "state" = 'fetching' GROUP BY "host"
      ), due AS (
        SELECT first."productId", first."position"
        FROM hosts LEFT JOIN busy ON busy."host" = hosts.host
        CROSS JOIN LATERAL (
          SELECT "productId", "position", "nextAt", row_number() OVER (ORDER BY "nextAt") AS place
          FROM (SELECT "productId", "position", "nextAt" FROM "PictureWish"
                WHERE "kind" = ${kind} AND "state" = 'waiting' AND "host" = hosts.host AND "nextAt" <= ${now}
                ORDER BY "nextAt" LIMIT ${AT_ONCE_OF_A_HOST}) waiting
        ) first
        WHERE hosts.host <> ALL(${[...paused]}::text[])
          AND first.place <= ${AT_ONCE_OF_A_HOST}::int - coalesce(busy.asked, 0)
          AND first.place <= ${OF_A_KIND[kind]}::int - coalesce(busy.alike, 0)
        ORDER BY first.place, coalesce(array_position(${[...asked]}::text[], hosts.host), 0), first."nextAt"
        LIMIT ${count}
      )
      UPDATE "PictureWish" wish
      SET "state" = 'fetching', "nextAt" = ${new Date(now.getTime() + LEASE_MS[kind])}, "attempts" = wish."attempts" + 1
      FROM due
      JOIN "Product" product ON product."id" = due."productId"
      LEFT JOIN "ProductPicture" picture
        ON picture."productId" = due."productId" AND picture."position" = due."position"
      WHERE wish."productId" = due."productId" AND wish."position" = due."position"
      RETURNING wish."shopId", wish."productId", wish."position", wish."kind", wish."url", wish."host", wish."etag",
                wish."lastModified", wish."attempts", product."title",
                coalesce(picture."sourceUrl" = wish."url", false) AS "isKept"`;
  });
}
