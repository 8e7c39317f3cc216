/** What generated traffic happens in: a shop's products, people and days. Plain values; nothing here asks a database. */
import type { ProductCard } from "@/lib/protocol/chat";
import type { Locale } from "@/lib/protocol/locales";

export interface WorldPicture {
  readonly assetId: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

interface WorldVariant {
  readonly id: string;
  readonly externalId: string;
  readonly currency: string;
  /** To pay, minor units. */
  readonly unitMinor: number;
}

export interface WorldProduct {
  readonly id: string;
  readonly externalId: string;
  readonly title: string;
  readonly url: string;
  readonly category: string;
  readonly card: ProductCard;
  /** Those that can be bought. */
  readonly variants: readonly [WorldVariant, ...WorldVariant[]];
  readonly pictures: readonly WorldPicture[];
}

export interface WorldAgent {
  readonly memberId: string;
  readonly name: string;
}

/** What is planted; nought everywhere is a shop in which nothing makes a difference. Shares. */
export interface Effects {
  readonly betterBy: number;
  readonly pair: { readonly first: string; readonly second: string; readonly share: number };
  readonly invitationAdds: number;
}

export interface World {
  readonly shopId: string;
  /** Address that the shop's pages begin with. */
  readonly shopUrl: string;
  /** IANA name. */
  readonly timeZone: string;
  /** In order of externalId, so that the same seed makes the same traffic of the same catalogue. */
  readonly products: readonly WorldProduct[];
  /** The first is the one who sells better. */
  readonly agents: readonly [WorldAgent, ...WorldAgent[]];
  /** Midnight of the last day as the shop's clocks show it, milliseconds as if in UTC; how many days end with it. */
  readonly lastDay: number;
  readonly days: number;
  /** Nothing is generated after it, milliseconds since 1970. */
  readonly now: number;
  readonly seed: number;
  /** On an ordinary day. */
  readonly visitorsADay: number;
  /** How many conversations get a panel with marks. */
  readonly panels: number;
  readonly effects: Effects;
  /** The shop's own draw of who is held out. */
  readonly isHeldOut: (visitorId: string) => boolean;
}

export type Device = "phone" | "tablet" | "desktop";
export const devices = [
  { value: "phone", weight: 58 },
  { value: "desktop", weight: 34 },
  { value: "tablet", weight: 8 },
] as const satisfies readonly { value: Device; weight: number }[];

export const languages = [
  { value: "de", weight: 42 },
  { value: "en", weight: 26 },
  { value: "it", weight: 20 },
  { value: "fr", weight: 7 },
  { value: "es", weight: 5 },
] as const satisfies readonly { value: Locale; weight: number }[];
