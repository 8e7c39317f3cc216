-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "attributionModel" TEXT NOT NULL DEFAULT 'last',
ADD COLUMN     "attributionDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "attributionHalfLifeDays" INTEGER NOT NULL DEFAULT 7;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "OrderLineReturn" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderLineId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "minor" BIGINT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderLineReturn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Order_shopId_placedAt_idx" ON "Order"("shopId", "placedAt");

-- CreateIndex
CREATE INDEX "OrderLineReturn_shopId_occurredAt_idx" ON "OrderLineReturn"("shopId", "occurredAt");

-- CreateIndex
CREATE UNIQUE INDEX "OrderLineReturn_orderLineId_seq_key" ON "OrderLineReturn"("orderLineId", "seq");

-- AddForeignKey
ALTER TABLE "OrderLineReturn" ADD CONSTRAINT "OrderLineReturn_orderLineId_fkey" FOREIGN KEY ("orderLineId") REFERENCES "OrderLine"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was cancelled or given back before: when its order last said so
UPDATE "Order" o SET "cancelledAt" = greatest(o."placedAt", coalesce(
  (SELECT min(c."occurredAt") FROM "OrderChange" c WHERE c."shopId" = o."shopId" AND c."orderExternalId" = o."externalId" AND c.kind = 'cancellation'),
  o."versionAt", o."placedAt"))
WHERE o.status = 'cancelled';

INSERT INTO "OrderLineReturn" ("id", "shopId", "orderLineId", "seq", "quantity", "minor", "occurredAt")
SELECT gen_random_uuid()::text, o."shopId", l.id, 1,
  CASE WHEN o.status = 'cancelled' THEN l.quantity ELSE l."refundedQuantity" END,
  CASE WHEN o.status = 'cancelled' OR l."refundedQuantity" >= l.quantity THEN l."totalMinor" ELSE l."refundedMinor" END,
  CASE WHEN o.status = 'cancelled' THEN o."cancelledAt" ELSE greatest(o."placedAt", coalesce(
    (SELECT max(c."occurredAt") FROM "OrderChange" c WHERE c."shopId" = o."shopId" AND c."orderExternalId" = o."externalId"), o."placedAt")) END
FROM "OrderLine" l JOIN "Order" o ON o.id = l."orderId"
WHERE o.status = 'cancelled' OR l."refundedQuantity" > 0 OR l."refundedMinor" > 0;
