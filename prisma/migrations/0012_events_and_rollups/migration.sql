-- The table of events becomes one part a month. What is there stays where it is, as the part of all months that have none
-- of their own: no row is copied here. The server gives each month its part when it starts.
ALTER TABLE "Event" RENAME TO "Event_default";
ALTER TABLE "Event_default" DROP CONSTRAINT "Event_pkey";
ALTER INDEX "Event_shopId_type_occurredAt_idx" RENAME TO "Event_default_shopId_type_occurredAt_idx";
ALTER INDEX "Event_visitorId_occurredAt_idx" RENAME TO "Event_default_visitorId_occurredAt_idx";
ALTER INDEX "Event_conversationId_occurredAt_idx" RENAME TO "Event_default_conversationId_occurredAt_idx";
ALTER INDEX "Event_shopId_receivedAt_id_idx" RENAME TO "Event_default_shopId_receivedAt_id_idx";

CREATE TABLE "Event" (LIKE "Event_default" INCLUDING DEFAULTS) PARTITION BY RANGE ("occurredAt");
ALTER TABLE "Event" ADD CONSTRAINT "Event_pkey" PRIMARY KEY ("id", "occurredAt");
CREATE INDEX "Event_shopId_type_occurredAt_idx" ON "Event"("shopId", "type", "occurredAt");
CREATE INDEX "Event_visitorId_occurredAt_idx" ON "Event"("visitorId", "occurredAt");
CREATE INDEX "Event_conversationId_occurredAt_idx" ON "Event"("conversationId", "occurredAt");
CREATE INDEX "Event_shopId_receivedAt_id_idx" ON "Event"("shopId", "receivedAt", "id");
-- What happened to one product. Most events are of none, which the schema file cannot say.
CREATE INDEX "Event_product" ON "Event"("productId", "occurredAt") WHERE "productId" IS NOT NULL;
ALTER TABLE "Event" ADD CONSTRAINT "Event_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Event" ADD CONSTRAINT "Event_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Event" ATTACH PARTITION "Event_default" DEFAULT;

-- AlterTable
ALTER TABLE "Visitor" ADD COLUMN     "device" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "locale" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "Visit" (
    "shopId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "visitorId" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "pages" INTEGER NOT NULL,
    "products" INTEGER NOT NULL,
    "device" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "conversation" BOOLEAN NOT NULL,
    "ordered" BOOLEAN NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("shopId","day","visitorId")
);

-- CreateTable
CREATE TABLE "ConversationFact" (
    "conversationId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "closedBy" TEXT,
    "waitMs" BIGINT,
    "firstResponseMs" BIGINT,
    "responseMs" BIGINT,
    "responses" INTEGER NOT NULL,
    "durationMs" BIGINT,
    "customerMessages" INTEGER NOT NULL,
    "agentMessages" INTEGER NOT NULL,
    "pictures" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL,
    "shown" INTEGER NOT NULL,
    "drawn" INTEGER NOT NULL,
    "recommended" INTEGER NOT NULL,
    "carted" INTEGER NOT NULL,
    "bought" INTEGER NOT NULL,
    "marks" INTEGER NOT NULL,
    "comparisons" INTEGER NOT NULL,
    "firstProductMs" BIGINT,

    CONSTRAINT "ConversationFact_pkey" PRIMARY KEY ("conversationId")
);

-- CreateTable
CREATE TABLE "CountedOrder" (
    "orderId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "visitorId" TEXT,
    "day" DATE NOT NULL,

    CONSTRAINT "CountedOrder_pkey" PRIMARY KEY ("orderId")
);

-- CreateTable
CREATE TABLE "RollupState" (
    "shopId" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "eventsTo" TIMESTAMPTZ(3) NOT NULL,
    "ordersTo" TIMESTAMPTZ(3) NOT NULL,
    "freshAt" TIMESTAMPTZ(3),

    CONSTRAINT "RollupState_pkey" PRIMARY KEY ("shopId")
);

-- CreateIndex
CREATE INDEX "ConversationFact_shopId_day_idx" ON "ConversationFact"("shopId", "day");

-- CreateIndex
CREATE INDEX "CountedOrder_shopId_day_idx" ON "CountedOrder"("shopId", "day");

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationFact" ADD CONSTRAINT "ConversationFact_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CountedOrder" ADD CONSTRAINT "CountedOrder_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RollupState" ADD CONSTRAINT "RollupState_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
