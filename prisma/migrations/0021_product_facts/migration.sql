-- What became of one product in and around one conversation: a roll-up that reports of products read.
-- CreateTable
CREATE TABLE "ProductFact" (
    "conversationId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3),
    "shownAt" TIMESTAMPTZ(3),
    "asked" BOOLEAN NOT NULL,
    "drawnAt" TIMESTAMPTZ(3),
    "recommendedAt" TIMESTAMPTZ(3),
    "recommendedLastAt" TIMESTAMPTZ(3),
    "cartedLastAt" TIMESTAMPTZ(3),
    "boughtLastAt" TIMESTAMPTZ(3),
    "returned" BOOLEAN NOT NULL,
    "messages" INTEGER NOT NULL,
    "questions" INTEGER NOT NULL,

    CONSTRAINT "ProductFact_pkey" PRIMARY KEY ("conversationId","productId")
);

-- CreateIndex
CREATE INDEX "ProductFact_productId_idx" ON "ProductFact"("productId");

-- AddForeignKey
ALTER TABLE "ProductFact" ADD CONSTRAINT "ProductFact_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductFact" ADD CONSTRAINT "ProductFact_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Counts everything anew, so that the new table is filled.
UPDATE "RollupState" SET "basis" = '';
