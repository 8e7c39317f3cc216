/** The shop's own settings: parsed here, so that whatever form they come from, the database holds only what fits. */
import * as z from "zod/mini";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";

const MAX_NAME_CHARS = 80;
/** A shop has a handful of sites; a list this long is a mistake. */
const MAX_ORIGINS = 50;

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_NAME_CHARS)),
  accent: z.string().check(z.regex(/^#[0-9a-f]{6}$/i)),
  coverPhotos: z.boolean(),
  keepOriginals: z.boolean(),
  origins: z.array(z.string()).check(z.maxLength(MAX_ORIGINS)),
});

export type SettingsField = "name" | "accent" | "origins";

/** @returns the first field that does not fit, or null when all was saved */
export async function updateShop(
  shopId: ShopId,
  input: {
    readonly name: string;
    readonly accent: string;
    readonly coverPhotos: boolean;
    readonly keepOriginals: boolean;
    readonly origins: readonly string[];
  },
): Promise<SettingsField | null> {
  const origins = input.origins.map(parseOrigin);
  if (origins.includes(null)) return "origins";
  const unique = [...new Set(origins.filter((origin) => origin !== null))];
  const parsed = schema.safeParse({ ...input, origins: unique });
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0];
    return field === "accent" || field === "origins" ? field : "name";
  }
  const { count } = await getDb().shop.updateMany({ where: { id: shopId }, data: parsed.data });
  if (count === 0) throw new AppError("not_found", "no such shop");
  return null;
}

/** `https://Shop.example/` becomes `https://shop.example`; anything that is more or less than an origin is null. */
function parseOrigin(text: string): string | null {
  if (!URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  const bare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return bare && /^https?:$/.test(url.protocol) && !/[*;,'"\s]/.test(url.host) ? url.origin : null;
}
