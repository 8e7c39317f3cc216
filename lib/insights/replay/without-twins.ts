/** A product's page tells of itself twice: as a page, and as its product once that was found on it. */

/** The loader looks for the product at once, and a second time half a second later. Milliseconds. */
const TWIN_MS = 5_000;

export interface Look {
  readonly type: string;
  readonly at: number;
  readonly visitorId: string;
  readonly url: string;
}

/** Without the pages of which a product says more. Pure. */
export function withoutTwins<T extends Look>(looks: readonly T[]): T[] {
  const products = looks.filter(({ type }) => type === "product_viewed");
  return looks.filter(
    (look) =>
      look.type !== "page_viewed" ||
      !products.some(
        ({ at, visitorId, url }) =>
          visitorId === look.visitorId && url === look.url && Math.abs(at - look.at) <= TWIN_MS,
      ),
  );
}
