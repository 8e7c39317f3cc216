-- Feeds name videos, too. They are fetched one at a time, so that no picture waits behind them.
ALTER TABLE "PictureWish" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'picture';

DROP INDEX "PictureWish_state_host_nextAt_idx";
CREATE INDEX "PictureWish_kind_state_host_nextAt_idx" ON "PictureWish"("kind", "state", "host", "nextAt");

-- Every feed is read once more, also one that has not changed: what it says of videos was passed over until now.
DELETE FROM "FeedState";
