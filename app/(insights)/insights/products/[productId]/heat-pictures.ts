import type { ProductPictures } from "@/lib/insights/reports/find-product-pictures";
import { mediaSizes } from "@/lib/media/address";
import { assetIdSchema } from "@/lib/protocol/ids";
import type { HeatPicture } from "@/lib/ui/insights/products/heat-map";

/** Longest side that a heat map is shown at, times two for fine screens. Pixels. */
const LONGEST = 1_300;

/** Pictures with addresses of the sizes that a map needs. All have files: links name them by their place among all. */
export async function heatPictures(
  pictures: ProductPictures["pictures"],
): Promise<(HeatPicture & { readonly assetId: string })[]> {
  const shown = [];
  for (const { assetId, width, height, sizes } of pictures) {
    const files = await mediaSizes({ assetId: assetIdSchema.parse(assetId), sizes }, null);
    const fitting = files.filter(({ longest }, index) => index === 0 || longest <= LONGEST);
    const last = fitting.at(-1);
    const share = width / Math.max(width, height);
    const srcSet = fitting.map(({ url, longest }) => `${url} ${Math.round(longest * share)}w`).join(", ");
    if (last) shown.push({ assetId, width, height, src: last.url, srcSet });
  }
  return shown;
}
