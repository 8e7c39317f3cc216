/** Which figure's rows are open, as the page's address says it. */
import * as z from "zod/mini";
import { type CreditKind, creditKinds } from "@/lib/insights/attribution";
import { type FunnelCount, funnelCounts } from "@/lib/insights/funnel-steps";

export type Figure = { readonly offset: number } & (
  | { readonly of: "kind"; readonly kind: CreditKind }
  | { readonly of: "step"; readonly step: FunnelCount }
);

/** Rows before the wanted page; a made-up number shows the first page. */
const offsetSchema = z.catch(z.coerce.number().check(z.int(), z.gte(0), z.lte(1_000_000)), 0);

/** Null when none is, or no such. */
export function parseFigure(parameters: Readonly<Record<string, unknown>>): Figure | null {
  const offset = offsetSchema.parse(parameters.after);
  const kind = creditKinds.find((one) => one === parameters.kind);
  if (kind !== undefined) return { of: "kind", kind, offset };
  const step = funnelCounts.find((one) => one === parameters.step);
  return step === undefined ? null : { of: "step", step, offset };
}

export function figureQuery(figure: Figure): Record<string, string> {
  const named = figure.of === "kind" ? { kind: figure.kind } : { step: figure.step };
  return figure.offset === 0 ? named : { ...named, after: String(figure.offset) };
}
