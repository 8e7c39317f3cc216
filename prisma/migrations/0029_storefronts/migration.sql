-- AlterTable
ALTER TABLE "Visitor" ADD COLUMN     "origin" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "storefrontId" TEXT;

-- AlterTable
ALTER TABLE "CatalogueSource" ADD COLUMN     "storefrontId" TEXT;

-- CreateTable
CREATE TABLE "Storefront" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origins" TEXT[],
    "locale" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Storefront_pkey" PRIMARY KEY ("id")
);

-- CreateTable. What search derives is made as in migration 0007, so that one statement reads either table.
CREATE TABLE "ProductVersion" (
    "storefrontId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "brand" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL DEFAULT true,
    "sourceId" TEXT,
    "contentHash" TEXT,
    "goneAt" TIMESTAMPTZ(3),
    "locale" TEXT NOT NULL DEFAULT '',
    "searchLanguage" TEXT NOT NULL DEFAULT '',
    "searchTitle" TEXT NOT NULL DEFAULT '',
    "searchText" TEXT NOT NULL DEFAULT '',
    "searchBody" TEXT NOT NULL DEFAULT '',
    "titleVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
        CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
            WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
            WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
        "searchTitle"))) STORED,
    "kindsVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
        CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
            WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
            WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
        split_part("searchText", E'\n', 1)))) STORED,
    "numberVector" tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(split_part("searchText", E'\n', 2), ' '), ''))) STORED,
    "bodyVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
        CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
            WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
            WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
        "searchBody"))) STORED,
    "facets" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "buyable" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "inStock" BOOLEAN NOT NULL DEFAULT true,
    "onSale" BOOLEAN NOT NULL DEFAULT false,
    "priceFromMinor" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProductVersion_pkey" PRIMARY KEY ("storefrontId","productId")
);

-- CreateTable
CREATE TABLE "VariantVersion" (
    "id" TEXT NOT NULL,
    "storefrontId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "color" TEXT NOT NULL DEFAULT '',
    "size" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL,
    "priceMinor" INTEGER NOT NULL,
    "saleMinor" INTEGER,
    "availability" TEXT NOT NULL DEFAULT 'in_stock',
    "stock" INTEGER,
    "sku" TEXT NOT NULL DEFAULT '',
    "gtin" TEXT NOT NULL DEFAULT '',
    "mpn" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "VariantVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable. Words are compared byte by byte, as in CatalogueWord.
CREATE TABLE "StorefrontWord" (
    "storefrontId" TEXT NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "reversed" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "StorefrontWord_pkey" PRIMARY KEY ("storefrontId","word")
);

-- CreateIndex
CREATE INDEX "Storefront_shopId_idx" ON "Storefront"("shopId");

-- CreateIndex
CREATE UNIQUE INDEX "ProductVersion_storefrontId_externalId_key" ON "ProductVersion"("storefrontId", "externalId");

-- CreateIndex
CREATE INDEX "ProductVersion_productId_idx" ON "ProductVersion"("productId");

-- CreateIndex
CREATE INDEX "ProductVersion_shopId_sourceId_idx" ON "ProductVersion"("shopId", "sourceId");

-- CreateIndex
CREATE INDEX "ProductVersion_storefrontId_searchTitle_productId_idx" ON "ProductVersion"("storefrontId", "searchTitle", "productId");

-- CreateIndex
CREATE INDEX "ProductVersion_storefrontId_priceFromMinor_productId_idx" ON "ProductVersion"("storefrontId", "priceFromMinor", "productId");

-- CreateIndex
CREATE INDEX "ProductVersion_storefrontId_createdAt_productId_idx" ON "ProductVersion"("storefrontId", "createdAt", "productId");

-- CreateIndex
CREATE INDEX "ProductVersion_storefrontId_category_priceFromMinor_idx" ON "ProductVersion"("storefrontId", "category", "priceFromMinor");

-- CreateIndex
CREATE INDEX "VariantVersion_storefrontId_productId_idx" ON "VariantVersion"("storefrontId", "productId");

-- CreateIndex
CREATE UNIQUE INDEX "VariantVersion_storefrontId_externalId_key" ON "VariantVersion"("storefrontId", "externalId");

-- CreateIndex
CREATE INDEX "StorefrontWord_storefrontId_reversed_idx" ON "StorefrontWord"("storefrontId", "reversed");

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_storefrontId_fkey" FOREIGN KEY ("storefrontId") REFERENCES "Storefront"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Storefront" ADD CONSTRAINT "Storefront_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductVersion" ADD CONSTRAINT "ProductVersion_storefrontId_fkey" FOREIGN KEY ("storefrontId") REFERENCES "Storefront"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductVersion" ADD CONSTRAINT "ProductVersion_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VariantVersion" ADD CONSTRAINT "VariantVersion_storefrontId_productId_fkey" FOREIGN KEY ("storefrontId", "productId") REFERENCES "ProductVersion"("storefrontId", "productId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StorefrontWord" ADD CONSTRAINT "StorefrontWord_storefrontId_fkey" FOREIGN KEY ("storefrontId") REFERENCES "Storefront"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CatalogueSource" ADD CONSTRAINT "CatalogueSource_storefrontId_fkey" FOREIGN KEY ("storefrontId") REFERENCES "Storefront"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- What the schema language cannot say, as of products.
CREATE INDEX "ProductVersion_title_trgm" ON "ProductVersion" USING gin ("searchTitle" gin_trgm_ops);
CREATE INDEX "ProductVersion_kinds_trgm" ON "ProductVersion" USING gin ((split_part("searchText", E'\n', 1)) gin_trgm_ops);
CREATE INDEX "ProductVersion_titleVector_idx" ON "ProductVersion" USING gin ("titleVector");
CREATE INDEX "ProductVersion_kindsVector_idx" ON "ProductVersion" USING gin ("kindsVector");
CREATE INDEX "ProductVersion_numberVector_idx" ON "ProductVersion" USING gin ("numberVector");
CREATE INDEX "ProductVersion_bodyVector_idx" ON "ProductVersion" USING gin ("bodyVector");
CREATE INDEX "ProductVersion_facets_idx" ON "ProductVersion" USING gin ("facets");

-- For a storefront that goes. Nearly all conversations are of the shop itself.
CREATE INDEX "Conversation_storefront" ON "Conversation" ("storefrontId") WHERE "storefrontId" IS NOT NULL;
