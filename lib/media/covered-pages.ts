import { type Asset, getDb } from "@/lib/db/client";

/** The file of a paper holds all its pages: while one of them is covered it would show what nobody has uncovered. */
export async function hasCoveredPage({
  conversationId,
  sha256,
  pages,
}: Pick<Asset, "conversationId" | "sha256" | "pages">): Promise<boolean> {
  if (pages === null) return false;
  const [file = ""] = sha256.split("#");
  const where = { conversationId, covered: true, sha256: { startsWith: `${file}#` } };
  return (await getDb().asset.count({ where })) > 0;
}
