/** The heat maps of one product as rows of a file: one a cell. Columns and rows of the grid are counted from 1, from the upper left. */
import type { Cell } from "@/lib/insights/csv";
import { columnOf, rowOf } from "@/lib/insights/heat/map/grid";
import type { HeatLayer } from "@/lib/insights/reports/heat";

/** @param pictures ids of the product's, in the catalogue's order; what is none of them any more has no number */
export function heatFile(layers: readonly HeatLayer[], pictures: readonly string[]) {
  const whole = layers.map(({ assetId, ...layer }) => ({
    picture: pictures.indexOf(assetId) + 1 || null,
    pictureId: assetId,
    ...layer,
  }));
  return {
    head: ["picture", "pictureId", "kind", "by", "column", "row", "conversations", "ofConversations"],
    rows: whole.flatMap((layer) =>
      layer.cells.map(({ cell, conversations }): Cell[] => [
        ...[layer.picture, layer.pictureId, layer.kind, layer.side],
        ...[columnOf(cell) + 1, rowOf(cell) + 1, conversations, layer.conversations],
      ]),
    ),
    whole,
  };
}
