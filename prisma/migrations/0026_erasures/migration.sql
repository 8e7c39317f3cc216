-- That somebody was erased, by whom and how much of it. Nothing of the person herself.
CREATE TABLE "Erasure" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "visitors" INTEGER NOT NULL,
    "conversations" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Erasure_shopId_createdAt_idx" ON "Erasure"("shopId", "createdAt");

-- AddForeignKey
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
