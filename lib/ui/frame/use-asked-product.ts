import { useEffect, useRef, useState } from "react";
import type { AskedProduct } from "@/lib/protocol/http";
import { fetchAskedProduct } from "./frame-api";
import type { Asked, Hello } from "./use-bridge";

/** What the page shows; `productId` is null when only the page knows it, not the catalogue. */
export type PageProduct = Pick<AskedProduct, "title" | "sizes"> & {
  readonly productId: AskedProduct["productId"] | null;
};

/**
 * The product that the shop's page opened us about, else the one it shows: as the catalogue knows it; by the page's own
 * title when the catalogue does not.
 */
export function useAskedProduct(hello: Hello | null, asked: Asked | null): PageProduct | null {
  const [found, setFound] = useState<{ readonly of: string; readonly product: PageProduct | null } | null>(
    null,
  );
  const ofPage = hello?.page.productId;
  const externalId = asked?.productId ?? ofPage;
  const title = externalId === ofPage ? (hello?.page.title ?? "") : "";
  const visitorToken = hello?.visitorToken;
  const language = hello?.page.language ?? "";

  useEffect(() => {
    if (externalId === undefined || visitorToken === undefined) return;
    let gone = false;
    fetchAskedProduct(externalId, visitorToken, language)
      .catch(() => (title === "" ? null : { productId: null, title, sizes: [] }))
      .then((product) => {
        if (!gone) setFound({ of: externalId, product });
      });
    return () => {
      gone = true;
    };
  }, [externalId, title, visitorToken, language]);

  // What was found for the page before is nothing that this one asks about.
  return found !== null && found.of === externalId ? found.product : null;
}

/** She pressed the shop's own "ask about this product": asked at once, and of each product once. */
export function useAskAtOnce(
  asked: Asked | null,
  product: PageProduct | null,
  ready: boolean,
  ask: (product: PageProduct) => void,
): void {
  const done = useRef(new Set<string>());
  const run = useRef(ask);
  run.current = ask;
  useEffect(() => {
    if (!ready || product === null || asked === null || !asked.byHer || done.current.has(asked.productId))
      return;
    done.current.add(asked.productId);
    run.current(product);
  }, [asked, product, ready]);
}
