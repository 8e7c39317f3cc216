/**
 * What is put on the panel in one conversation, and where it is drawn on and looked at from near: around the product's hot
 * spot more often than elsewhere. Facts for all conversations; for some a real panel is made of the same (panel-updates).
 */
import type { MarkKind } from "@/lib/panel/mark";
import type { Dice } from "./dice";
import { hotSpotOf } from "./hot-spots";
import type { WorldPicture, WorldProduct } from "./world";

export interface StoryMark {
  readonly at: number;
  readonly by: "customer" | "agent";
  readonly kind: Extract<MarkKind, "ellipse" | "arrow" | "rect" | "pen">;
  /** Its middle, and how wide it is, picture pixels. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface Shown {
  readonly itemId: string;
  readonly product: WorldProduct;
  /** None of a product without pictures: then nothing can be shown. */
  readonly picture: WorldPicture;
  readonly at: number;
  /** When somebody looked from near, and where; null: nobody did. */
  readonly near: {
    readonly at: number;
    readonly x: number;
    readonly y: number;
    readonly zoom: number;
  } | null;
  readonly marks: readonly StoryMark[];
}

const KINDS = [
  { value: "ellipse", weight: 50 },
  { value: "arrow", weight: 25 },
  { value: "pen", weight: 15 },
  { value: "rect", weight: 10 },
] as const;
/** Marks on the detail that everybody asks about; the others lie anywhere. */
const ON_THE_SPOT = 0.75;
/** Shares of the picture's width. */
const SPOT_SPREAD = 0.035;
const MARK_SIZE = 0.09;
const NEAR_SHARE = 0.6;
const AGENTS_SHARE = 0.65;
const MOST_MARKS = 4;
const MARK_EVERY_MS = 6_000;

export function showProduct(dice: Dice, product: WorldProduct, at: number, draws: boolean): Shown | null {
  const [picture] = product.pictures;
  if (picture === undefined) return null;
  const spot = hotSpotOf(product.externalId);
  const place = () => {
    const on = dice.chance(ON_THE_SPOT);
    const x = on ? spot.x + SPOT_SPREAD * dice.normal() : dice.between(0.1, 0.9);
    const y = on
      ? spot.y + SPOT_SPREAD * dice.normal()
      : dice.between(0.1, (0.9 * picture.height) / picture.width);
    return { x: x * picture.width, y: y * picture.width };
  };
  let time = at;
  const next = () => {
    time += dice.about(MARK_EVERY_MS, 0.6);
    return time;
  };
  const near = dice.chance(NEAR_SHARE) ? { at: next(), ...place(), zoom: dice.between(2, 4.5) } : null;
  const marks = Array.from(
    { length: draws ? dice.int(1, MOST_MARKS) : 0 },
    (): StoryMark => ({
      at: next(),
      by: dice.chance(AGENTS_SHARE) ? "agent" : "customer",
      kind: dice.weighted(KINDS).value,
      size: picture.width * MARK_SIZE * dice.between(0.6, 1.6),
      ...place(),
    }),
  );
  const itemId = Array.from(dice.bytes(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  return { itemId, product, picture, at, near, marks };
}
