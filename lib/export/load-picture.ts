/** The one place where an export touches the media store. */
import { sizeName } from "@/lib/media/file-name";
import { type AssetPlace, getMediaStore } from "@/lib/media/store";

/**
 * The largest stored size of a picture within `longest`, else the smallest there is; null when nothing is stored.
 * @param sizes longest sides, pixels, in any order
 * @throws AppError unavailable
 */
export async function loadPicture(
  place: AssetPlace,
  sizes: readonly number[],
  longest: number,
): Promise<Uint8Array | null> {
  const within = sizes.filter((size) => size <= longest);
  const size = within.length > 0 ? Math.max(...within) : Math.min(...sizes);
  if (!Number.isFinite(size)) return null;
  const file = await getMediaStore().find(place, sizeName(size));
  return file && new Uint8Array(await new Response(file.open()).arrayBuffer());
}
