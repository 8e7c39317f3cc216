-- CreateEnum
CREATE TYPE "UploadState" AS ENUM ('receiving', 'reading', 'tiling', 'done', 'failed');

-- AlterTable
ALTER TABLE "Asset" ADD COLUMN     "covered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "durationMs" INTEGER,
ADD COLUMN     "page" INTEGER,
ADD COLUMN     "pages" INTEGER,
ADD COLUMN     "playsAnywhere" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "tileSize" INTEGER,
ADD COLUMN     "videoType" TEXT;

-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "coverPhotos" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Upload" (
    "id" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "state" "UploadState" NOT NULL DEFAULT 'receiving',
    "share" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "error" TEXT,
    "itemIds" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "workedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Upload_state_workedAt_idx" ON "Upload"("state", "workedAt");

-- CreateIndex
CREATE INDEX "Upload_participantId_state_idx" ON "Upload"("participantId", "state");

-- AddForeignKey
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
