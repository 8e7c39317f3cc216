/**
 * The port behind which a shop's catalogue lies: our own tables, or the shop's own system asked live. Adapters translate
 * and nothing else: prices come out in minor units, texts without markup, and what they do not offer they do not have.
 */
import type { Availability } from "../write-product";
import type { AdapterKind } from "./kinds";

export interface LiveVariant {
  readonly externalId: string;
  readonly title: string;
  readonly color: string;
  readonly size: string;
  readonly sku: string;
  readonly barcode: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units (cents). */
  readonly priceMinor: number;
  readonly saleMinor: number | null;
  readonly availability: Availability;
  /** Pieces that can be bought; null when the platform does not count, or does not say. */
  readonly quantity: number | null;
}

export interface LivePicture {
  /** http or https. */
  readonly url: string;
  readonly alt: string;
}

export interface LiveProduct {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly brand: string;
  readonly category: string;
  readonly variants: readonly LiveVariant[];
  /** Main one first. */
  readonly pictures: readonly LivePicture[];
  /** False for the short form that some platforms give in lists: what it lacks is unknown, not gone. */
  readonly whole: boolean;
}

export type LiveFilter = "brand" | "category" | "price" | "inStock";

export interface LiveQuery {
  /** As typed; empty lists the catalogue. */
  readonly words: string;
  /** The value of a facet's option; the name in words for a platform without such a facet. */
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  /** Minor units of the connection's currency. */
  readonly minMinor?: number | undefined;
  readonly maxMinor?: number | undefined;
  readonly inStock?: boolean | undefined;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

export interface LiveFacet {
  readonly filter: LiveFilter;
  readonly label: string;
  /** Count null: the platform does not say how many. */
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly count: number | null;
  }[];
}

export interface LivePage {
  /** The platform's order. */
  readonly products: readonly LiveProduct[];
  /** Null when the platform does not count. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly facets: readonly LiveFacet[];
}

/** An identified customer: somebody whom the shop itself vouched for. */
export interface CustomerRef {
  readonly email: string;
}

interface LiveCustomer {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

export interface LiveCart {
  readonly currency: string;
  readonly totalMinor: number;
  readonly lines: readonly {
    readonly externalId: string;
    readonly title: string;
    readonly quantity: number;
    /** Of the line. Null when the platform does not say. */
    readonly totalMinor: number | null;
  }[];
}

export interface LiveOrder {
  readonly reference: string;
  readonly placedAt: Date;
  readonly currency: string;
  readonly totalMinor: number;
  /** In the shop's words. */
  readonly state: string;
  readonly deliveryDate: string;
}

export interface LiveOrderDetails extends LiveOrder {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl: string;
  readonly lines: readonly { readonly title: string; readonly quantity: number }[];
}

export interface AdapterInfo {
  readonly platform: string;
  readonly version: string;
  /** Null when the platform does not count. */
  readonly products: number | null;
  /** In which it sells; null when it does not say. */
  readonly currency: string | null;
  /** What the keys may not do, of what this adapter would use. */
  readonly missingRights: readonly LiveRight[];
}

export type LiveRight = "products" | "stock" | "customers" | "orders" | "carts";

export interface CartLine {
  readonly variantId: string;
  readonly quantity: number;
}

/** What a platform's adapter writes: plain answers, each asked of the shop's system now; none of them changes anything there. Throws {@link ConnectionProblem}. */
export interface PlatformAdapter {
  readonly kind: AdapterKind;
  /** What a search can narrow by. */
  readonly filters: readonly LiveFilter[];
  info(): Promise<AdapterInfo>;
  search(query: LiveQuery): Promise<LivePage>;
  /** Whether it speaks the language and sells in the currency that it is asked for; left out where the platform does not say. */
  serves?(): Promise<boolean>;
  /** Null when the shop has none of this id, or no longer sells it. */
  product(externalId: string): Promise<LiveProduct | null>;
  /** One variant of a product whose answer does not hold them all; null when that product has none of this id. */
  variant?(productId: string, externalId: string): Promise<LiveVariant | null>;
  related?(externalId: string): Promise<readonly LiveProduct[]>;
  cart?(customer: CustomerRef): Promise<LiveCart | null>;
  customer?(customer: CustomerRef): Promise<LiveCustomer | null>;
  /** Newest first. */
  orders?(customer: CustomerRef): Promise<readonly LiveOrder[]>;
  /** Null unless the order is this customer's. */
  orderDetails?(customer: CustomerRef, reference: string): Promise<LiveOrderDetails | null>;
  /** Where a browser puts the variant into the shop's cart; null when there is no such address. */
  cartAddress?(line: CartLine): Promise<string | null>;
}

/** An answer and when the shop's system gave it. */
export interface Fresh<T> {
  readonly value: T;
  readonly asOf: Date;
  /** The shop's system was asked again and did not answer: this is what it said before. */
  readonly stale: boolean;
}

type Dated<Method> = Method extends (...args: infer Args) => Promise<infer T>
  ? (...args: Args) => Promise<Fresh<T>>
  : Method;
type Asked = "info" | "search" | "product" | "related" | "cart" | "customer" | "orders" | "orderDetails";

/** What the rest of the code sees: the same, and every answer says how old it is. */
export type CatalogueAdapter = Omit<PlatformAdapter, Asked> & {
  readonly [Key in keyof Pick<PlatformAdapter, Asked>]: Dated<PlatformAdapter[Key]>;
};
