-- The roll-up of conversations holds what reports read of messages and events, and no more. What it held is counted anew.
DELETE FROM "ConversationFact";
DROP INDEX "ConversationFact_shopId_day_idx";

-- AlterTable
ALTER TABLE "ConversationFact" DROP COLUMN "agentMessages",
DROP COLUMN "bought",
DROP COLUMN "carted",
DROP COLUMN "closedBy",
DROP COLUMN "customerMessages",
DROP COLUMN "day",
DROP COLUMN "drawn",
DROP COLUMN "durationMs",
DROP COLUMN "outcome",
DROP COLUMN "pictures",
DROP COLUMN "responseMs",
DROP COLUMN "responses",
DROP COLUMN "seen",
DROP COLUMN "shown",
DROP COLUMN "waitMs",
ADD COLUMN     "products" INTEGER NOT NULL,
ADD COLUMN     "repliesMs" BIGINT[];

UPDATE "RollupState" SET "basis" = '';
