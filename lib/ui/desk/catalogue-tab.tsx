"use client";
import { SearchX } from "lucide-react";
import type { ProductId } from "@/lib/protocol/ids";
import { Button } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./catalogue-tab.module.css";
import { ProductTile } from "./product-tile";
import { useCatalogue } from "./use-catalogue";

/** What can be done with a product in the conversation that is open. Both settle when it is done; failures are told elsewhere. */
export interface ProductActions {
  /** False for somebody who only watches, and in an ended conversation. */
  readonly enabled: boolean;
  show(productId: ProductId, pictureIndex: number): Promise<boolean>;
  recommend(productId: ProductId, note: string): Promise<boolean>;
}

export function CatalogueTab(props: {
  readonly query: string;
  readonly active: boolean;
  readonly products: ProductActions;
}) {
  const { query, active, products } = props;
  const t = useMessages<DeskKey>("desk");
  const { state, more } = useCatalogue(query, active);
  if (state.kind === "failed") {
    return (
      <div className={styles.none} role="alert">
        <p>{t("errorUnavailable")}</p>
      </div>
    );
  }
  const { found, next, loading } = state;
  if (found === null) {
    return (
      <div className={styles.list} role="status" aria-label={t("loading")}>
        {["a", "b", "c"].map((key) => (
          <div key={key} className={styles.skeleton} />
        ))}
      </div>
    );
  }
  if (found.length === 0) {
    return (
      <div className={styles.none} role="status">
        <SearchX size={28} aria-hidden="true" />
        <p>{t("searchEmpty", { query: query.trim() })}</p>
        <p className={styles.hint}>{t("searchHint")}</p>
      </div>
    );
  }
  return (
    <div className={styles.list} aria-busy={loading}>
      <p className="visually-hidden" role="status">
        {next === null ? t("results", { count: found.length }) : ""}
      </p>
      {found.map((product) => (
        <ProductTile key={product.productId} product={product} actions={products} />
      ))}
      {next !== null && (
        <Button look="quiet" disabled={loading} onClick={more}>
          {t("showMore")}
        </Button>
      )}
    </div>
  );
}
