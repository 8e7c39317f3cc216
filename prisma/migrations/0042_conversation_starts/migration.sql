-- The page of the shop on which a customer was when her conversation began, as its browser told. Empty where nothing was told.
ALTER TABLE "ConversationFact" ADD COLUMN "startUrl" TEXT NOT NULL DEFAULT '',
ADD COLUMN "startTitle" TEXT NOT NULL DEFAULT '';

-- Counts everything anew, so that the new columns are filled.
UPDATE "RollupState" SET "basis" = '';
