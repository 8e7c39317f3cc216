-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "inviteAfter" INTEGER,
ADD COLUMN     "holdOut" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "inviteSalt" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Visitor" ADD COLUMN     "invitedAt" TIMESTAMPTZ(3);
