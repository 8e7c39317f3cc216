-- The title of the page that a picture was made of. Empty for everything else that is sent.
ALTER TABLE "Upload" ADD COLUMN     "frozenTitle" TEXT;
-- Pictures of the page that were put on the panel.
ALTER TABLE "MirrorSession" ADD COLUMN     "frozen" INTEGER NOT NULL DEFAULT 0;
