import { cellsIn, heatKinds, heatSides, type Ninth, ninths } from "@/lib/insights/heat/map/spots";
import type { ProductPictures } from "@/lib/insights/reports/find-product-pictures";
import type { MarkedIn, ProductStep } from "@/lib/insights/reports/product-conversations";
import type { HeatChoice } from "@/lib/ui/insights/products/heat-part";
import { steps } from "@/lib/ui/insights/products/words";

/** What of a product's page its address chooses. */
export interface ShownHeat {
  readonly choice: HeatChoice;
  /** The conversations that marked a place of the picture with this number, from 1. */
  readonly marked: { readonly picture: number; readonly place: Ninth } | null;
  /** The conversations in which the product came to this step. */
  readonly step: ProductStep | null;
  /** Conversations before the wanted page. */
  readonly offset: number;
}

/** Anything that makes no sense falls back to everything that was drawn. */
export function parseShownHeat(
  named: (name: string) => string | undefined,
  pictures: ProductPictures["pictures"],
): ShownHeat & { readonly marked: (ShownHeat["marked"] & { readonly in: MarkedIn }) | null } {
  const choice: HeatChoice = {
    kind: heatKinds.find((kind) => kind === named("heat")) ?? "drawn",
    side: heatSides.find((side) => side === named("by")) ?? "both",
    hideSmall: named("small") === "hide",
  };
  const after = named("after");
  const offset = after !== undefined && /^\d{1,6}$/.test(after) ? Number(after) : 0;
  const picture = Number(named("picture"));
  const place = ninths.find((one) => one === named("place"));
  const assetId = pictures[picture - 1]?.assetId;
  const step = steps.find((one) => one === named("step")) ?? null;
  if (place === undefined || assetId === undefined) return { choice, step, offset, marked: null };
  const { kind, side } = choice;
  return {
    choice,
    step,
    offset,
    marked: { picture, place, in: { assetId, kind, side, cells: cellsIn(place) } },
  };
}

/** Back to the address. */
export function shownHeatQuery({ choice, marked, step, offset }: ShownHeat): Record<string, string> {
  return {
    ...(choice.kind === "drawn" ? {} : { heat: choice.kind }),
    ...(choice.side === "both" ? {} : { by: choice.side }),
    ...(choice.hideSmall ? { small: "hide" } : {}),
    ...(marked === null ? {} : { picture: String(marked.picture), place: marked.place }),
    ...(step === null ? {} : { step }),
    ...(offset === 0 ? {} : { after: String(offset) }),
  };
}
