import type { Prisma } from "@/lib/db/client";

/** What a card and its pictures need of a product, in one query. */
export const productRow = {
  shop: { select: { currency: true } },
  variants: { orderBy: { position: "asc" } },
  pictures: { orderBy: { position: "asc" }, include: { asset: true } },
} as const satisfies Prisma.ProductInclude;

export type ProductRow = Prisma.ProductGetPayload<{ include: typeof productRow }>;

/** What a card and a list are made of. */
export interface CardRow extends Pick<ProductRow, "id" | "externalId" | "title" | "url" | "active" | "shop"> {
  readonly variants: readonly Omit<ProductRow["variants"][number], "shopId" | "productId">[];
  readonly pictures: readonly {
    readonly assetId: string;
    readonly alt: string;
    readonly asset: Pick<ProductRow["pictures"][number]["asset"], "id" | "width" | "height" | "sizes">;
  }[];
}
