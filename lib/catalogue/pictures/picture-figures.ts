import { getDb } from "@/lib/db/client";
import { errorCodes } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import type { FailedPictureView, PictureFigures } from "@/lib/protocol/imports";

export async function loadPictureFigures(shopId: ShopId): Promise<PictureFigures> {
  const groups = await getDb().pictureWish.groupBy({ by: ["state"], where: { shopId }, _count: true });
  const count = (...states: readonly string[]) =>
    groups.filter(({ state }) => states.includes(state)).reduce((sum, group) => sum + group._count, 0);
  return { waiting: count("waiting", "fetching"), stored: count("stored"), failed: count("failed") };
}

/** Pictures that could not be had, with the reason. @param page from 0 */
export async function listFailedPictures(
  shopId: ShopId,
  page: number,
  perPage: number,
): Promise<readonly FailedPictureView[]> {
  const rows = await getDb().pictureWish.findMany({
    where: { shopId, state: "failed" },
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
