-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "device" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "trigger" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "Conversation_shopId_createdAt_idx" ON "Conversation"("shopId", "createdAt");
