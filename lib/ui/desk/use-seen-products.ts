"use client";
import { useEffect, useState } from "react";
import type { CatalogueProduct } from "@/lib/protocol/catalogue-answers";
import type { VisitedPage } from "@/lib/protocol/desk";
import type { ProductId } from "@/lib/protocol/ids";
import { useCatalogueOf } from "./catalogue-of";
import { loadProducts } from "./desk-api";

/** Shown before everything else: as many as one looks over. */
const MAX_SHOWN = 6;

/** What this customer looked at, newest first, as the catalogue has it now. Her trail says which; a failure shows none. */
export function useSeenProducts(trail: readonly VisitedPage[], active: boolean) {
  const of = useCatalogueOf();
  const ids = trail.flatMap(({ product }) => product?.productId ?? []);
  const first = ids.slice(0, MAX_SHOWN);
  const key = first.join(" ");
  // Beside another conversation the same products may have other words and prices.
  const asked = `${of} ${key}`;
  const [loaded, setLoaded] = useState<{
    readonly asked: string;
    readonly products: readonly CatalogueProduct[];
  }>({
    asked: "",
    products: [],
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the list says
  useEffect(() => {
    if (!active || key === "") return;
    const stop = new AbortController();
    loadProducts(of, first, stop.signal).then(
      (products) => setLoaded({ asked, products }),
      () => undefined,
    );
    return () => stop.abort();
  }, [asked, active]);
  const isSeen = (id: ProductId) => ids.includes(id);
  return { products: loaded.asked === asked ? loaded.products : [], isSeen };
}
