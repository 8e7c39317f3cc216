-- How its customer found a conversation, 1 to 5, and when she last said so.
ALTER TABLE "Conversation" ADD COLUMN     "score" INTEGER,
ADD COLUMN     "ratedAt" TIMESTAMPTZ(3);
