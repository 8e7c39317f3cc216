-- AlterTable
ALTER TABLE "Visitor" ADD COLUMN     "inviteDraw" TEXT,
ADD COLUMN     "inviteShown" BOOLEAN NOT NULL DEFAULT false;

-- Whoever was invited before stays in the group she was in: of a person, what was drawn for her, else for her browser.
UPDATE "Visitor" SET "inviteDraw" = coalesce("personId", "id") WHERE "invitedAt" IS NOT NULL;
