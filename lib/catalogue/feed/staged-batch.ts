/** Of the staged rows, those after one up to another that are to be written; and how what lies in them is read. */
import { Prisma } from "@/lib/db/client";
import type { StagingRun } from "./staged-rows";

export interface Batch {
  readonly after: number;
  readonly upTo: number;
}

/** Of "StagedProduct" s. */
export const isInBatch = ({ runId }: StagingRun, { after, upTo }: Batch) => Prisma.sql`
  s."runId" = ${runId} AND s."seq" > ${after} AND s."seq" <= ${upTo} AND s."change" IN ('new', 'changed')`;

/** What a "StagedProduct" s says of the product, as d. */
export const stagedData = Prisma.sql`
  jsonb_to_record(s."data") AS d ("title" text, "description" text, "url" text, "brand" text, "category" text,
    "locale" text, "searchLanguage" text, "searchTitle" text, "searchText" text, "searchBody" text, "facets" text[],
    "buyable" text[], "inStock" boolean, "onSale" boolean, "priceFromMinor" int)`;

/** What it says of each variant, as v. */
export const stagedVariants = Prisma.sql`
  jsonb_to_recordset(s."data"->'variants') AS v ("id" text, "externalId" text, "title" text, "color" text, "size" text,
    "currency" text, "priceMinor" int, "saleMinor" int, "availability" text, "stock" int, "sku" text, "gtin" text,
    "mpn" text, "position" int)`;
