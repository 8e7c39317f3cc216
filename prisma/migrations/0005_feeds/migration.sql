-- CreateTable
CREATE TABLE "CatalogueSource" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "sealedLogin" TEXT,
    "format" TEXT,
    "mapping" JSONB,
    "currency" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "schedule" TEXT NOT NULL DEFAULT 'never',
    "everyHours" INTEGER,
    "dailyAt" INTEGER,
    "nextAt" TIMESTAMPTZ(3),
    "etag" TEXT,
    "lastModified" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CatalogueSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CatalogueImport" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "phase" TEXT NOT NULL DEFAULT 'receiving',
    "startedBy" TEXT NOT NULL DEFAULT '',
    "fileName" TEXT NOT NULL DEFAULT '',
    "mayShrink" BOOLEAN NOT NULL DEFAULT false,
    "cancel" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT,
    "report" JSONB,
    "error" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "workedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CatalogueImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportEntry" (
    "id" BIGSERIAL NOT NULL,
    "importId" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "reasons" TEXT[],

    CONSTRAINT "ImportEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PictureWish" (
    "productId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "shopId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "nextAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "etag" TEXT,
    "lastModified" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "error" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "PictureWish_pkey" PRIMARY KEY ("productId","position")
);

-- CreateIndex
CREATE INDEX "CatalogueSource_shopId_idx" ON "CatalogueSource"("shopId");

-- CreateIndex
CREATE INDEX "CatalogueSource_nextAt_idx" ON "CatalogueSource"("nextAt");

-- CreateIndex
CREATE INDEX "CatalogueImport_shopId_createdAt_idx" ON "CatalogueImport"("shopId", "createdAt");

-- CreateIndex
CREATE INDEX "CatalogueImport_sourceId_createdAt_idx" ON "CatalogueImport"("sourceId", "createdAt");

-- CreateIndex
CREATE INDEX "CatalogueImport_state_createdAt_idx" ON "CatalogueImport"("state", "createdAt");

-- CreateIndex
CREATE INDEX "ImportEntry_importId_list_id_idx" ON "ImportEntry"("importId", "list", "id");

-- CreateIndex
CREATE INDEX "PictureWish_state_host_nextAt_idx" ON "PictureWish"("state", "host", "nextAt");

-- CreateIndex
CREATE INDEX "PictureWish_shopId_state_idx" ON "PictureWish"("shopId", "state");

-- AddForeignKey
ALTER TABLE "CatalogueSource" ADD CONSTRAINT "CatalogueSource_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CatalogueImport" ADD CONSTRAINT "CatalogueImport_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "CatalogueSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportEntry" ADD CONSTRAINT "ImportEntry_importId_fkey" FOREIGN KEY ("importId") REFERENCES "CatalogueImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PictureWish" ADD CONSTRAINT "PictureWish_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say: of the imports of a shop one runs, and a source waits for one at most.
CREATE UNIQUE INDEX "CatalogueImport_running_key" ON "CatalogueImport"("shopId") WHERE "state" = 'running';
CREATE UNIQUE INDEX "CatalogueImport_waiting_key" ON "CatalogueImport"("sourceId") WHERE "state" = 'waiting';

-- AlterTable
ALTER TABLE "Product" ADD COLUMN     "sourceId" TEXT,
ADD COLUMN     "contentHash" TEXT,
ADD COLUMN     "goneAt" TIMESTAMPTZ(3),
ADD COLUMN     "locale" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Variant" ADD COLUMN     "stock" INTEGER,
ADD COLUMN     "sku" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "gtin" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "mpn" TEXT NOT NULL DEFAULT '';

-- CreateTable. Unlogged: rows that live for minutes and can be read from the feed again.
CREATE UNLOGGED TABLE "StagedProduct" (
    "runId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "shopId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "productId" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "data" JSONB,

    CONSTRAINT "StagedProduct_pkey" PRIMARY KEY ("runId","seq")
);

-- CreateTable
CREATE TABLE "FeedState" (
    "shopId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "validUntil" TIMESTAMPTZ(3),
    "report" JSONB NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FeedState_pkey" PRIMARY KEY ("shopId","sourceId")
);

-- CreateIndex
CREATE INDEX "Product_shopId_sourceId_idx" ON "Product"("shopId", "sourceId");

-- CreateIndex
CREATE INDEX "StagedProduct_runId_externalId_idx" ON "StagedProduct"("runId", "externalId");
