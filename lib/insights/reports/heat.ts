/** Where conversations drew on, and looked closely at, the pictures of one product (SPEC.md, IN164-IN167). Rows come from lib/insights/heat. */
import * as z from "zod/mini";
import {
  type HeatCell,
  type HeatKind,
  type HeatSide,
  heatKinds,
  heatSides,
  SMALL_CELL,
} from "../heat/map/spots";
import { chosenParameters, chosenSql } from "../internal/chosen-sql";
import { runSql } from "../internal/run-sql";
import type { Question } from "../question";
import { localDay } from "../range";
import { withoutProducts } from "../without-products";

const layerSchema = z.object({
  assetId: z.string(),
  kind: z.enum(heatKinds),
  side: z.enum(heatSides),
  /** That left something anywhere on this picture. */
  conversations: z.number(),
  cells: z.array(z.object({ cell: z.number(), conversations: z.number(), erased: z.boolean() })),
});

export interface HeatLayer {
  readonly assetId: string;
  readonly kind: HeatKind;
  readonly side: HeatSide;
  readonly conversations: number;
  /** The most marked first. */
  readonly cells: readonly HeatCell[];
  /** Cells that are too small to be shown. */
  readonly hidden: number;
}

const sql = `
  with ${chosenSql},
  traces as (
    select t.*, false as erased from "HeatTrace" t join chosen c on c.id = t."conversationId"
    where t."shopId" = $1 and t."productId" = $5
    union all
    select t.*, true from "HeatTrace" t
    where t."shopId" = $1 and t."productId" = $5 and t."conversationId" is null and $4::jsonb = '{}'
      and t.day >= $6::date and t.day <= $7::date
  ),
  layers as (
    select t.id, t."assetId", t.erased, l.kind, l.side, l.cells
    from traces t cross join lateral (values
      ('drawn', 'customer', t."drawnByCustomer"), ('drawn', 'agent', t."drawnByAgent"),
      ('drawn', 'both', t."drawnByCustomer" || t."drawnByAgent"),
      ('zoomed', 'customer', t."zoomedByCustomer"), ('zoomed', 'agent', t."zoomedByAgent"),
      ('zoomed', 'both', t."zoomedByCustomer" || t."zoomedByAgent")) l (kind, side, cells)
    where cardinality(l.cells) > 0
  ),
  counted as (
    select l."assetId", l.kind, l.side, x.cell, count(*)::int as conversations, bool_or(l.erased) as erased
    from layers l cross join lateral (select distinct unnest(l.cells) as cell) x group by 1, 2, 3, 4
  )
  select l."assetId", l.kind, l.side, count(*)::int as conversations,
    (select jsonb_agg(jsonb_build_object('cell', c.cell, 'conversations', c.conversations, 'erased', c.erased) order by c.conversations desc, c.cell)
      from counted c where c."assetId" = l."assetId" and c.kind = l.kind and c.side = l.side) as cells
  from layers l group by 1, 2, 3 order by 1, 2, 3`;

/** @param hideSmall every cell below SMALL_CELL; otherwise only those that an erased conversation is part of */
export async function loadHeat(
  question: Question,
  of: { readonly productId: string; readonly hideSmall: boolean },
): Promise<HeatLayer[]> {
  const { range, timeZone } = question;
  const lastDay = localDay(new Date(range.to.getTime() - 1), timeZone);
  const parameters = [
    ...chosenParameters(withoutProducts(question)),
    of.productId,
    localDay(range.from, timeZone),
    lastDay,
  ];
  const layers = z.array(layerSchema).parse(await runSql(sql, parameters));
  return layers.map(({ cells, ...layer }) => {
    const large = cells.filter(
      ({ conversations, erased }) => conversations >= SMALL_CELL || !(erased || of.hideSmall),
    );
    return {
      ...layer,
      cells: large.map(({ cell, conversations }) => ({ cell, conversations })),
      hidden: cells.length - large.length,
    };
  });
}
