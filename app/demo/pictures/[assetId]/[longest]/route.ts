import { findWindow, isWindowPicture } from "@/lib/catalogue/demo-window";
import { answer } from "@/lib/http/answer";
import { sizeName, typeOf } from "@/lib/media/file-name";
import { getMediaStore } from "@/lib/media/store";
import { AppError } from "@/lib/protocol/errors";
import { assetIdSchema, shopIdSchema } from "@/lib/protocol/ids";

/** Seconds. What stands behind an address never changes. */
const MAX_AGE_SECONDS = 86_400;

/** GET: a public picture of the demo shop's catalogue; never one of a conversation or of another shop. */
export async function GET(
  request: Request,
  route: { params: Promise<{ assetId: string; longest: string }> },
): Promise<Response> {
  return answer(async () => {
    const { assetId, longest } = await route.params;
    const id = assetIdSchema.safeParse(assetId);
    const shop = await findWindow();
    if (
      !shop ||
      !id.success ||
      !/^[1-9]\d{0,4}$/.test(longest) ||
      !(await isWindowPicture(shop.shopId, id.data))
    )
      throw new AppError("not_found", "no such picture");
    const headers = {
      "cache-control": `public, max-age=${MAX_AGE_SECONDS}, immutable`,
      etag: `"${assetId}-${longest}"`,
      "x-content-type-options": "nosniff",
    };
    if (request.headers.get("if-none-match") === headers.etag)
      return new Response(null, { status: 304, headers });
    const name = sizeName(Number(longest));
    const file = await getMediaStore().find(
      { shopId: shopIdSchema.parse(shop.shopId), assetId: id.data },
      name,
    );
    if (!file) throw new AppError("not_found", "no such size");
    return new Response(file.open(), {
      headers: { ...headers, "content-type": typeOf(name), "content-length": `${file.byteLength}` },
    });
  });
}
