/** One feature of a page: what the page is, what happens on it, and what must then be seen on the replica. */
import type { Page } from "playwright-core";
import type { CustomersPage } from "./customers-browser";
import type { Look } from "./look.page";

export interface Feature {
  readonly id: string;
  readonly what: string;
  /** Its body; a doctype is put before it. */
  readonly html: string;
  /** Other files of the shop, by path. */
  readonly files?: Readonly<Record<string, string | Served>>;
  /** No doctype. */
  readonly isQuirks?: boolean;
  readonly rules?: unknown;
  /** Runs in the customer's page once the agent sees it. */
  readonly act?: (look: Look) => unknown;
  /** What the customer does. */
  readonly drive?: (page: CustomersPage, shop: ShopAddresses) => Promise<unknown>;
  /** Looks at the customer's page and at the replica alike. */
  readonly look: (look: Look) => unknown;
  /** What it must give, on both sides. */
  readonly is: unknown;
  /** The customer's page shows it otherwise, on purpose. */
  readonly onlyReplica?: boolean;
  /** Share of pixels that may differ; without it none are compared. */
  readonly pixels?: number;
  /** Why it fails, and what it would take: a known miss. */
  readonly miss?: string;
  /** More to check than the document tells. */
  readonly also?: (bench: Desk) => Promise<unknown>;
}

export interface Served {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ShopAddresses {
  readonly shop: string;
  readonly foreign: string;
}

/** What the desk was told, and what a test may ask it for. */
export interface Desk {
  readonly page: Page;
  readonly shopPage: CustomersPage;
  readonly addresses: ShopAddresses;
  /** The page as `onPage` tells it. */
  facts(): Promise<{
    readonly url: string;
    readonly title: string;
    readonly w: number;
    readonly h: number;
  } | null>;
  cursor(): Promise<{ readonly x: number; readonly y: number } | null>;
  /** Waits until the replica shows this. */
  sees(feature: Pick<Feature, "look" | "is">): Promise<void>;
  /** A second viewer comes: everything is told again. */
  joinLate(): Promise<void>;
  /** Capture starts in the page that was just loaded. */
  restart(): Promise<void>;
  /** Addresses that the desk's page asked for, whoever answered. */
  requestsOfDesk(): Promise<readonly string[]>;
  until(what: string, isSo: () => Promise<boolean>): Promise<void>;
}

/** A few small pictures that can be told apart. */
const svg = (color: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="${color}"/></svg>`;
export const picture = (color: string): Served => ({ type: "image/svg+xml", body: svg(color) });
