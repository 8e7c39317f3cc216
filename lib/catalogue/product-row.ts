import type { Prisma } from "@/lib/db/client";

/** What a card and its pictures need of a product, in one query. */
export const productRow = {
  shop: { select: { currency: true } },
  variants: { orderBy: { position: "asc" } },
  pictures: { orderBy: { position: "asc" }, include: { asset: true } },
} as const satisfies Prisma.ProductInclude;

export type ProductRow = Prisma.ProductGetPayload<{ include: typeof productRow }>;
