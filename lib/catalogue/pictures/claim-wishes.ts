/** Which pictures are fetched next: of every host a few at once, all hosts in turn, however many wait for one of them. */
import { getDb } from "@/lib/db/client";

/** Pictures asked of one host at once, by all our processes together: a browser asks for six. */
const AT_ONCE_OF_A_HOST = 2;
/** Milliseconds after which whoever fetches a picture is taken for dead: fetching, reading and cutting take less. */
const LEASE_MS = 600_000;

export interface ClaimedWish {
  readonly shopId: string;
  readonly productId: string;
  readonly position: number;
  readonly url: string;
  readonly host: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly attempts: number;
  /** The product's title says what is on it. */
  readonly title: string;
  /** The product has a picture from this very address. */
  readonly isKept: boolean;
}

/** @param paused hosts that want to be left alone for now */
export async function claimWishes(
  count: number,
  paused: readonly string[],
  now: Date,
): Promise<readonly ClaimedWish[]> {
  return getDb().$transaction(async (tx) => {
    // One at a time counts what a host is asked already.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('vetrina picture wishes'))`;
    await tx.$executeRaw`
      UPDATE "PictureWish" SET "state" = 'waiting' WHERE "state" = 'fetching' AND "nextAt" <= ${now}`;
    // The first rows of the index under each host: how many wait behind them costs nothing.
    return tx.$queryRaw<ClaimedWish[]>`
      WITH RECURSIVE hosts(host) AS (
        (SELECT "host" FROM "PictureWish" WHERE "state" = 'waiting' ORDER BY "host" LIMIT 1)
        UNION ALL
        SELECT (SELECT later."host" FROM "PictureWish" later
                WHERE later."state" = 'waiting' AND later."host" > hosts.host ORDER BY later."host" LIMIT 1)
        FROM hosts WHERE hosts.host IS NOT NULL
      ), busy AS (
        SELECT "host", count(*) AS asked FROM "PictureWish" WHERE "state" = 'fetching' GROUP BY "host"
      ), due AS (
        SELECT first."productId", first."position"
        FROM hosts LEFT JOIN busy ON busy."host" = hosts.host
        CROSS JOIN LATERAL (
          SELECT "productId", "position", "nextAt", row_number() OVER (ORDER BY "nextAt") AS place
          FROM (SELECT "productId", "position", "nextAt" FROM "PictureWish"
                WHERE "state" = 'waiting' AND "host" = hosts.host AND "nextAt" <= ${now}
                ORDER BY "nextAt" LIMIT ${AT_ONCE_OF_A_HOST}) waiting
        ) first
        WHERE hosts.host <> ALL(${[...paused]}::text[])
          AND first.place <= ${AT_ONCE_OF_A_HOST} - coalesce(busy.asked, 0)
        ORDER BY first.place, first."nextAt"
        LIMIT ${count}
      )
      UPDATE "PictureWish" wish
      SET "state" = 'fetching', "nextAt" = ${new Date(now.getTime() + LEASE_MS)}, "attempts" = wish."attempts" + 1
      FROM due
      JOIN "Product" product ON product."id" = due."productId"
      LEFT JOIN "ProductPicture" picture
        ON picture."productId" = due."productId" AND picture."position" = due."position"
      WHERE wish."productId" = due."productId" AND wish."position" = due."position"
      RETURNING wish."shopId", wish."productId", wish."position", wish."url", wish."host", wish."etag",
                wish."lastModified", wish."attempts", product."title",
                coalesce(picture."sourceUrl" = wish."url", false) AS "isKept"`;
  });
}
