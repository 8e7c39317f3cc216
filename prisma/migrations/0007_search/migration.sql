-- AlterTable
ALTER TABLE "Product" ADD COLUMN     "searchLanguage" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "searchTitle" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "searchBody" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "facets" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "buyable" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "inStock" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "onSale" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "priceFromMinor" INTEGER;

-- CreateTable. Words are compared byte by byte, so that beginnings are a range of the index whatever the database sorts by.
CREATE TABLE "CatalogueWord" (
    "shopId" TEXT NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,
    "reversed" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "CatalogueWord_pkey" PRIMARY KEY ("shopId","word")
);

-- AddForeignKey
ALTER TABLE "CatalogueWord" ADD CONSTRAINT "CatalogueWord_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What lib/catalogue/search-columns.ts writes, for the products that are there. Their texts were folded when they were
-- written: title, kinds, numbers and description, a line each.
UPDATE "Product" p SET
    "searchLanguage" = CASE
        WHEN left(lower(coalesce(nullif(p."locale", ''), s."locale")), 2) IN ('en', 'de', 'it', 'es', 'fr')
        THEN left(lower(coalesce(nullif(p."locale", ''), s."locale")), 2) ELSE '' END,
    "searchTitle" = split_part(p."searchText", E'\n', 1),
    "searchBody" = split_part(p."searchText", E'\n', 4),
    "searchText" = split_part(p."searchText", E'\n', 2) || E'\n' || split_part(p."searchText", E'\n', 3)
FROM "Shop" s WHERE s."id" = p."shopId";

-- Lines, paths, colours, sizes and pairs of both, as the filters name them.
WITH kinds AS (
    SELECT v."productId", v."availability" <> 'out_of_stock' AS buyable, k.facet
    FROM "Variant" v, LATERAL (
        SELECT 'k:' || c.color FROM (SELECT btrim(lower(regexp_split_to_table(v."color", '/'))) AS color) c WHERE c.color <> ''
        UNION ALL SELECT 's:' || btrim(v."size") WHERE btrim(v."size") <> ''
        UNION ALL SELECT 'v:' || c.color || '|' || btrim(v."size")
        FROM (SELECT btrim(lower(regexp_split_to_table(v."color", '/'))) AS color) c
        WHERE c.color <> '' AND btrim(v."size") <> ''
    ) k(facet)
), paths AS (
    SELECT p."id", 'c:' || array_to_string((string_to_array(p."category", ' > '))[1:n], ' > ') AS facet
    FROM "Product" p, generate_series(1, cardinality(string_to_array(p."category", ' > '))) n
    WHERE p."category" <> ''
)
UPDATE "Product" p SET
    "facets" = ARRAY(
        SELECT 'b:' || btrim(p."brand") WHERE btrim(p."brand") <> ''
        UNION ALL SELECT '~' || abs(hashtext(p."externalId") % 32)
        UNION ALL SELECT facet FROM paths WHERE paths."id" = p."id"
        UNION SELECT facet FROM kinds WHERE kinds."productId" = p."id"),
    "buyable" = ARRAY(SELECT DISTINCT facet FROM kinds WHERE kinds."productId" = p."id" AND buyable);

WITH prices AS (
    SELECT "productId",
        bool_or("availability" <> 'out_of_stock') AS buyable,
        coalesce(bool_or("availability" <> 'out_of_stock' AND "saleMinor" < "priceMinor"), false) AS sale,
        min(coalesce("saleMinor", "priceMinor")) FILTER (WHERE "availability" <> 'out_of_stock') AS cheapest,
        min(coalesce("saleMinor", "priceMinor")) AS of_all
    FROM "Variant" GROUP BY "productId"
)
UPDATE "Product" p SET "inStock" = prices.buyable, "onSale" = prices.sale,
    "priceFromMinor" = coalesce(prices.cheapest, prices.of_all)
FROM prices WHERE prices."productId" = p."id";
UPDATE "Product" SET "inStock" = false WHERE "priceFromMinor" IS NULL;

INSERT INTO "CatalogueWord" ("shopId", "word", "reversed")
SELECT DISTINCT p."shopId", w.word, reverse(w.word)
FROM "Product" p,
    regexp_split_to_table(p."searchTitle" || ' ' || split_part(p."searchText", E'\n', 1), '[^[:alpha:]]+') AS w(word)
WHERE char_length(w.word) BETWEEN 3 AND 40;

-- Words in the language of the product, as its stemmer leaves them, and numbers as they are. Generated, so that whoever
-- writes the texts need not know of it. A vector each, so that titles are found without looking at all the rest.
ALTER TABLE "Product" ADD COLUMN "titleVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
    CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
        WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
        WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
    "searchTitle"))) STORED,
ADD COLUMN "kindsVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
    CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
        WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
        WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
    split_part("searchText", E'\n', 1)))) STORED,
ADD COLUMN "numberVector" tsvector GENERATED ALWAYS AS (
    array_to_tsvector(array_remove(string_to_array(split_part("searchText", E'\n', 2), ' '), ''))) STORED,
ADD COLUMN "bodyVector" tsvector GENERATED ALWAYS AS (strip(to_tsvector(
    CASE "searchLanguage" WHEN 'en' THEN 'english'::regconfig WHEN 'de' THEN 'german'::regconfig
        WHEN 'it' THEN 'italian'::regconfig WHEN 'es' THEN 'spanish'::regconfig
        WHEN 'fr' THEN 'french'::regconfig ELSE 'simple'::regconfig END,
    "searchBody"))) STORED;

-- CreateIndex
CREATE INDEX "CatalogueWord_shopId_reversed_idx" ON "CatalogueWord"("shopId", "reversed");

-- CreateIndex
CREATE INDEX "Product_shopId_searchTitle_id_idx" ON "Product"("shopId", "searchTitle", "id");

-- CreateIndex
CREATE INDEX "Product_shopId_priceFromMinor_id_idx" ON "Product"("shopId", "priceFromMinor", "id");

-- CreateIndex
CREATE INDEX "Product_shopId_createdAt_id_idx" ON "Product"("shopId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Product_shopId_category_priceFromMinor_idx" ON "Product"("shopId", "category", "priceFromMinor");

-- DropIndex
DROP INDEX "OrderLine_productId_idx";

-- CreateIndex
CREATE INDEX "OrderLine_productId_orderId_idx" ON "OrderLine"("productId", "orderId");

-- What the schema language cannot say. Parts of words are looked for in titles and kinds, not in numbers and descriptions.
DROP INDEX "Product_searchText_trgm";
CREATE INDEX "Product_title_trgm" ON "Product" USING gin ("searchTitle" gin_trgm_ops);
CREATE INDEX "Product_kinds_trgm" ON "Product" USING gin ((split_part("searchText", E'\n', 1)) gin_trgm_ops);
CREATE INDEX "Product_titleVector_idx" ON "Product" USING gin ("titleVector");
CREATE INDEX "Product_kindsVector_idx" ON "Product" USING gin ("kindsVector");
CREATE INDEX "Product_numberVector_idx" ON "Product" USING gin ("numberVector");
CREATE INDEX "Product_bodyVector_idx" ON "Product" USING gin ("bodyVector");
CREATE INDEX "Product_facets_idx" ON "Product" USING gin ("facets");
