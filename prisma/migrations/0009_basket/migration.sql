-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "basketChanges" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "BasketLine" (
    "id" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "pictureId" TEXT,
    "currency" TEXT NOT NULL,
    "unitMinor" INTEGER NOT NULL,
    "beforeMinor" INTEGER,
    "quantity" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "reason" TEXT,
    "attempt" TEXT,
    "putAt" TIMESTAMPTZ(3),
    "cartBefore" INTEGER NOT NULL DEFAULT 0,
    "seenAt" TIMESTAMPTZ(3),
    "proposedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BasketLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BasketLine_conversationId_createdAt_idx" ON "BasketLine"("conversationId", "createdAt");

-- AddForeignKey
ALTER TABLE "BasketLine" ADD CONSTRAINT "BasketLine_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
