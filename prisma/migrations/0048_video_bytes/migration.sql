-- What videos of a shop take in all is bounded. Of those that were kept before it is not known, and they count nothing.
ALTER TABLE "Asset" ADD COLUMN "videoBytes" INTEGER;
