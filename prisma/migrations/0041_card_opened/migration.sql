-- When a customer opened the card of a product that was put forward to her.
ALTER TABLE "ProductFact" ADD COLUMN "openedAt" TIMESTAMPTZ(3);

-- Counts everything anew: what an agent had shown or recommended before is not asked about by the customer any more.
UPDATE "RollupState" SET "basis" = '';
