/** What was bought, variant by variant, as rows of a file; amounts in the currency's own unit. */
import type { Cell } from "@/lib/insights/csv";
import type { Influence } from "@/lib/insights/reports/influence";
import { majorOf } from "../format";

/** @param rule in words */
export function variantsFile({ variants }: Pick<Influence, "variants">, rule: string) {
  return {
    head: ["product", "variant", "id", "currency", "direct", "assisted", "pieces", "proposed", "rule"],
    rows: variants.map((row): Cell[] => [
      ...[row.title, row.variant, row.externalId, row.currency],
      ...[majorOf(row.direct, row.currency), majorOf(row.assisted, row.currency)],
      ...[row.pieces, row.proposed, rule],
    ]),
  };
}
