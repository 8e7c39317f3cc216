-- Which conversation is credited with which part of an order line, and which orders came after which conversation: kept as
-- roll-ups, where reports looked up events and messages for every order line before.
-- AlterTable
DELETE FROM "CountedOrder";
ALTER TABLE "CountedOrder" ADD COLUMN     "conversationId" TEXT,
ADD COLUMN     "pieces" BIGINT,
ADD COLUMN     "placedAt" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "stands" BOOLEAN NOT NULL;

-- AlterTable
ALTER TABLE "Visit" ADD COLUMN     "again" BOOLEAN NOT NULL DEFAULT false;

-- Visits of months whose events were dropped are not counted again, so theirs is set here.
UPDATE "Visit" v SET "again" = true
FROM (SELECT "shopId", "visitorId" FROM "Visit" GROUP BY "shopId", "visitorId" HAVING count(*) > 1) o
WHERE v."shopId" = o."shopId" AND v."visitorId" = o."visitorId";

-- CreateIndex
CREATE INDEX "Visit_visitorId_idx" ON "Visit"("visitorId");

-- CreateTable
CREATE TABLE "Credit" (
    "lineId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "touchedAt" TIMESTAMPTZ(3) NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "movedAt" TIMESTAMPTZ(3) NOT NULL,
    "productId" TEXT,
    "externalId" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "stands" BOOLEAN NOT NULL,
    "minor" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "Credit_pkey" PRIMARY KEY ("lineId","conversationId","memberId","n")
);

-- CreateIndex
CREATE INDEX "Credit_shopId_movedAt_idx" ON "Credit"("shopId", "movedAt");

-- CreateIndex
CREATE INDEX "Credit_conversationId_idx" ON "Credit"("conversationId");

-- CreateIndex
CREATE INDEX "Credit_orderId_idx" ON "Credit"("orderId");

-- CreateIndex
CREATE INDEX "CountedOrder_conversationId_idx" ON "CountedOrder"("conversationId");

-- AddForeignKey
ALTER TABLE "CountedOrder" ADD CONSTRAINT "CountedOrder_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Credit" ADD CONSTRAINT "Credit_lineId_fkey" FOREIGN KEY ("lineId") REFERENCES "OrderLine"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Credit" ADD CONSTRAINT "Credit_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Counts everything anew, so that the new table is filled.
UPDATE "RollupState" SET "basis" = '';
