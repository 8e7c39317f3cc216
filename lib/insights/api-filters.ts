/** Filters as the public API names them, by what shops know: names of teams, their own ids of products. */
import { getDb } from "@/lib/db/client";
import type { ApiFilters } from "@/lib/protocol/api/answers";
import type { ShopId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { resolveProducts } from "./internal/resolve-products";
import type { Filters } from "./question";

/** No id, name or address is a space (and some are empty): what passes it is nothing. */
const NOBODY = " ";
const known = (id: string | undefined) => (id === undefined || isStorable(id) ? id : NOBODY);

/** What the shop does not have passes no conversation. */
export async function findFilters(shopId: ShopId, asked: ApiFilters): Promise<Filters> {
  const { team, agent, takenBy, product, category, language, startedOn, device, channel, trigger } = asked;
  return {
    teamId: team === undefined ? undefined : await findTeamId(shopId, team),
    memberId: known(agent),
    takenBy: known(takenBy),
    productId: product === undefined ? undefined : await findProductId(shopId, product),
    category: known(category),
    locale: known(language),
    startedOn: known(startedOn),
    ...{ device, channel, trigger },
  };
}

async function findTeamId(shopId: ShopId, name: string): Promise<string> {
  if (!isStorable(name)) return NOBODY;
  const [team] = await getDb().$queryRaw<{ id: string }[]>`
    SELECT id FROM "Team" WHERE "shopId" = ${shopId} AND lower(name) = lower(${name.trim()})`;
  return team?.id ?? NOBODY;
}

async function findProductId(shopId: ShopId, externalId: string): Promise<string> {
  return (await resolveProducts(shopId, [externalId])).get(externalId)?.productId ?? NOBODY;
}
