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
  /** And videos, behind them. */
  readonly pictures: readonly {
    readonly assetId: string;
    readonly alt: string;
    readonly asset: Pick<
      ProductRow["pictures"][number]["asset"],
      "id" | "width" | "height" | "sizes" | "videoType" | "durationMs"
    >;
  }[];
}

/** Two addresses may give one picture: it is shown once, in its first place. */
export function shownOnce<Shown extends { readonly assetId: string }>(pictures: readonly Shown[]): Shown[] {
  const seen = new Set<string>();
  return pictures.filter(({ assetId }) => !seen.has(assetId) && seen.add(assetId));
}

/** Of what a product shows, the first that can stand for it in a card or a list: never a video. */
export function facePicture<Shown extends { readonly asset: { readonly videoType: string | null } }>(
  pictures: readonly Shown[],
): Shown | undefined {
  return pictures.find(({ asset }) => asset.videoType === null);
}

/** The same in a question to the database. */
export const stillOnly = { asset: { videoType: null } } as const;
