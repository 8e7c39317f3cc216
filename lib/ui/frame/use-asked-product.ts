import { useEffect, useState } from "react";
import type { AskedProduct } from "@/lib/protocol/http";
import { fetchAskedProduct } from "./frame-api";
import type { Hello } from "./use-bridge";

/** What the page shows; `productId` is null when only the page knows it, not the catalogue. */
export type PageProduct = Pick<AskedProduct, "title" | "sizes"> & {
  readonly productId: AskedProduct["productId"] | null;
};

/** The product on the shop's page, as the catalogue knows it; by the page's own title when the catalogue does not. */
export function useAskedProduct(hello: Hello | null): PageProduct | null {
  const [product, setProduct] = useState<PageProduct | null>(null);
  const externalId = hello?.page.productId;
  const title = hello?.page.title ?? "";
  const visitorToken = hello?.visitorToken;

  useEffect(() => {
    setProduct(null);
    if (externalId === undefined || visitorToken === undefined) return;
    let gone = false;
    fetchAskedProduct(externalId, visitorToken)
      .catch(() => ({ productId: null, title, sizes: [] }))
      .then((found) => {
        if (!gone) setProduct(found);
      });
    return () => {
      gone = true;
    };
  }, [externalId, title, visitorToken]);

  return product;
}
