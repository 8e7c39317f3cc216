import { getDb } from "@/lib/db/client";
import { errorCodes } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import type { FailedPictureView, PictureFigures } from "@/lib/protocol/imports";

/** Whose pictures: the shop's, or those of products that one source of it names. */
export interface PictureOwner {
  readonly shopId: ShopId;
  readonly sourceId?: string | undefined;
}

const whereOf = ({ shopId, sourceId }: PictureOwner) => ({
  shopId,
  ...(sourceId !== undefined && { product: { sourceId } }),
});

export async function loadPictureFigures(owner: PictureOwner): Promise<PictureFigures> {
  const groups = await getDb().pictureWish.groupBy({ by: ["state"], where: whereOf(owner), _count: true });
  const count = (...states: readonly string[]) =>
    groups.filter(({ state }) => states.includes(state)).reduce((sum, group) => sum + group._count, 0);
  return { waiting: count("waiting", "fetching"), stored: count("stored"), failed: count("failed") };
}

/** Pictures that could not be had, with the reason. @param page from 0 */
export async function listFailedPictures(
  owner: PictureOwner,
  page: number,
  perPage: number,
): Promise<readonly FailedPictureView[]> {
  const rows = await getDb().pictureWish.findMany({
    where: { ...whereOf(owner), state: "failed" },
    orderBy: [{ productId: "asc" }, { position: "asc" }],
    skip: page * perPage,
    take: perPage,
    include: { product: { select: { externalId: true, title: true } } },
  });
  return rows.map(({ product, url, error, detail }) => ({
    ...product,
    url,
    error: errorCodes.find((code) => code === error) ?? "internal",
    detail,
  }));
}
