-- Visits of visitors who came once are kept as counts by day, and only the others are found again among one another.
-- AlterTable
ALTER TABLE "Visit" DROP COLUMN "again",
ADD COLUMN     "once" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "VisitCount" (
    "shopId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "device" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "visits" INTEGER NOT NULL,
    "talked" INTEGER NOT NULL,
    "ordered" INTEGER NOT NULL,

    CONSTRAINT "VisitCount_pkey" PRIMARY KEY ("shopId","day","device","locale")
);

-- AddForeignKey
ALTER TABLE "VisitCount" ADD CONSTRAINT "VisitCount_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Those of others alone, which the schema file cannot say.
CREATE INDEX "Visit_often" ON "Visit" ("shopId", "day") WHERE NOT "once";

-- Counts everything anew, so that the new table is filled. Visits of months whose events were dropped are read one by one.
UPDATE "RollupState" SET "basis" = '';
