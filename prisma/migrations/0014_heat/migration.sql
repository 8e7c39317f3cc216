-- When the panel of a conversation was last read for the heat maps. Empty: not yet.
ALTER TABLE "Conversation" ADD COLUMN     "heatAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "HeatTrace" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "conversationId" TEXT,
    "productId" TEXT NOT NULL,
    "assetId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "drawnByCustomer" INTEGER[],
    "drawnByAgent" INTEGER[],
    "zoomedByCustomer" INTEGER[],
    "zoomedByAgent" INTEGER[],

    CONSTRAINT "HeatTrace_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "HeatTrace_conversationId_productId_assetId_key" ON "HeatTrace"("conversationId", "productId", "assetId");

-- CreateIndex
CREATE INDEX "HeatTrace_shopId_productId_day_idx" ON "HeatTrace"("shopId", "productId", "day");

-- AddForeignKey
ALTER TABLE "HeatTrace" ADD CONSTRAINT "HeatTrace_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HeatTrace" ADD CONSTRAINT "HeatTrace_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The conversations whose panels may still have to be read, however many are done: an index that the schema file cannot
-- describe.
CREATE INDEX "Conversation_heat" ON "Conversation" ("createdAt") WHERE "heatAt" IS NULL OR "closedAt" IS NULL OR "heatAt" < "closedAt";
