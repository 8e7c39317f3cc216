-- Whether a shop keeps the files that its customers send as they came. Off unless it asks.
ALTER TABLE "Shop" ADD COLUMN     "keepOriginals" BOOLEAN NOT NULL DEFAULT false;

-- The type and the bytes of such a file, which lies beside the sizes made of it.
ALTER TABLE "Asset" ADD COLUMN     "originalBytes" INTEGER,
ADD COLUMN     "originalType" TEXT;
