/** What generated traffic is about: the shop's own catalogue, and demo people who are made for it and cannot sign in. */
import { productCard } from "@/lib/catalogue/product-card";
import { productRow, stillOnly } from "@/lib/catalogue/product-row";
import { getDb } from "@/lib/db/client";
import { StartProblem } from "@/lib/db/start-problem";
import { openDice } from "./dice";
import { demoAgents } from "./planted";
import type { World, WorldAgent, WorldProduct } from "./world";

/** Ends the e-mail of everybody who was made up here; no mail can ever reach it (RFC 2606). */
export const DEMO_PEOPLE = "@demo-traffic.invalid";
/** Enough for a shop window; more would spread the traffic too thin to show anything. */
const MAX_PRODUCTS = 100;

type Found = Pick<World, "products" | "agents" | "shopUrl">;

/** @throws StartProblem when there is nothing that could be bought */
export async function loadWorld(shopId: string, seed: number): Promise<Found> {
  const rows = await getDb().product.findMany({
    where: { shopId, active: true, pictures: { some: stillOnly } },
    include: {
      ...productRow,
      pictures: { where: stillOnly, orderBy: { position: "asc" }, include: { asset: true } },
    },
    orderBy: { externalId: "asc" },
    take: MAX_PRODUCTS,
  });
  const products = rows.flatMap((row): WorldProduct[] => {
    const [first, ...others] = row.variants
      .filter((variant) => variant.availability !== "out_of_stock")
      .map(({ id, externalId, currency, priceMinor, saleMinor }) => ({
        id,
        externalId,
        currency,
        unitMinor: saleMinor ?? priceMinor,
      }));
    if (first === undefined) return [];
    const { id, externalId, title, url, category } = row;
    const pictures = row.pictures.map(({ asset }) => ({
      assetId: asset.id,
      width: asset.width,
      height: asset.height,
    }));
    return [
      {
        id,
        externalId,
        title,
        url,
        category,
        card: productCard(row),
        variants: [first, ...others],
        pictures,
      },
    ];
  });
  const [any] = products;
  if (any === undefined)
    throw new StartProblem("This shop has no products with pictures that can be bought.");
  return { products, agents: await makeAgents(shopId, seed), shopUrl: any.url.replace(/\/p\/[^/]*$/, "") };
}

async function makeAgents(shopId: string, seed: number): Promise<World["agents"]> {
  const dice = openDice(seed, shopId);
  const make = async (name: string): Promise<WorldAgent> => {
    const shown = `${name} (demo)`;
    const email = `${name.toLowerCase().replaceAll(" ", ".")}.${shopId}${DEMO_PEOPLE}`;
    const [user, member] = [dice.id(0), dice.id(0)];
    const made = await getDb().user.create({
      data: { id: user, name: shown, email, members: { create: { id: member, shopId, role: "agent" } } },
      select: { members: { select: { id: true } } },
    });
    return { memberId: made.members[0]?.id ?? member, name: shown };
  };
  const [best, ...others] = demoAgents;
  const agents: [WorldAgent, ...WorldAgent[]] = [await make(best)];
  for (const name of others) agents.push(await make(name));
  return agents;
}
