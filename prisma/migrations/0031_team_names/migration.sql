-- Conversations of a removed team are in none, whatever team their member is put into later.
-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "teamGone" BOOLEAN NOT NULL DEFAULT false;

-- Names of teams are one a shop, whatever their case, which the schema file cannot say. Of two that were made at once the later gets another.
UPDATE "Team" t SET "name" = left(t."name", 50) || ' ' || right(t."id", 8)
WHERE EXISTS (SELECT 1 FROM "Team" o WHERE o."shopId" = t."shopId" AND lower(o."name") = lower(t."name") AND (o."createdAt", o."id") < (t."createdAt", t."id"));
CREATE UNIQUE INDEX "Team_shop_name_whatever_case" ON "Team"("shopId", lower("name"));
