-- The title of the page that a picture was made of. Empty for everything else that is sent.
ALTER TABLE "Upload" ADD COLUMN     "frozenTitle" TEXT;
-- Pictures of the page that were put on the panel.
ALTER TABLE "MirrorSession" ADD COLUMN     "frozen" INTEGER NOT NULL DEFAULT 0;
-- Nine digits that a customer reads out on the phone, for one agent of her shop, once.
CREATE TABLE "SpokenCode" (
    "conversationId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SpokenCode_pkey" PRIMARY KEY ("conversationId")
);
CREATE UNIQUE INDEX "SpokenCode_shopId_code_key" ON "SpokenCode"("shopId", "code");
ALTER TABLE "SpokenCode" ADD CONSTRAINT "SpokenCode_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
