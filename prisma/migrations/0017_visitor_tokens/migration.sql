-- Which token of a visitor holds: older ones open nothing of hers.
ALTER TABLE "Visitor" ADD COLUMN "tokenEpoch" INTEGER NOT NULL DEFAULT 0;
