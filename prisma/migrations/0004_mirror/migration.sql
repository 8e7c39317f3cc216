-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "mirrorMode" TEXT NOT NULL DEFAULT 'off',
ADD COLUMN     "mirrorRules" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "mirrorWrite" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "mirrorWriteBy" TEXT NOT NULL DEFAULT 'agent';

-- CreateTable
CREATE TABLE "MirrorSession" (
    "id" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "proposedBy" TEXT,
    "pausedFor" TEXT,
    "until" TIMESTAMPTZ(3),
    "resumeHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "liveSeconds" INTEGER NOT NULL DEFAULT 0,
    "watched" JSONB NOT NULL DEFAULT '[]',
    "wrote" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "MirrorSession_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MirrorSession_conversationId_endedAt_idx" ON "MirrorSession"("conversationId", "endedAt");

-- CreateIndex
CREATE INDEX "MirrorSession_endedAt_seenAt_idx" ON "MirrorSession"("endedAt", "seenAt");

-- AddForeignKey
ALTER TABLE "MirrorSession" ADD CONSTRAINT "MirrorSession_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
