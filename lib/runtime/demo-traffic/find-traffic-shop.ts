import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { DEMO_KEY_PREFIX } from "@/lib/shops/create-shop";

/** The demo shop, unless another one is named and meant: nobody wants invented customers among real ones. @throws StartProblem */
export async function findTrafficShop(key: string | undefined, anyShop: boolean) {
  const shop = await getDb().shop.findFirst({
    where: { key: key ?? { startsWith: DEMO_KEY_PREFIX } },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, key: true },
  });
  if (shop === null) {
    throw new StartProblem(
      key === undefined ? "There is no demo shop here." : `There is no shop with the key ${key}.`,
    );
  }
  if (!shop.key.startsWith(DEMO_KEY_PREFIX) && !anyShop) {
    throw new StartProblem(
      `${shop.name} is not the demo shop: with --not-the-demo-shop it gets invented customers all the same.`,
    );
  }
  return shop;
}
