-- Somebody whom a customer invites to look along: the code in the address by which she comes in, and from where on she reads
ALTER TABLE "Conversation" ADD COLUMN "companionCode" TEXT;
ALTER TABLE "Participant" ADD COLUMN "sinceSeq" INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "Conversation_companionCode_key" ON "Conversation"("companionCode");
