"use client";
import SearchX from "lucide-react/icons/search-x";
import { type KeyboardEvent, useId, useState } from "react";
import type { CatalogueSearchAnswer } from "@/lib/protocol/catalogue-answers";
import { noFilters, type SearchFilters, type SearchSort } from "@/lib/protocol/catalogue-search";
import type { VisitedPage } from "@/lib/protocol/desk";
import type { ProductId } from "@/lib/protocol/ids";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { CatalogueBar } from "./catalogue-bar";
import styles from "./catalogue-tab.module.css";
import { FacetPanel } from "./facet-panel";
import { ProductTile } from "./product-tile";
import { useCatalogue } from "./use-catalogue";
import { useSeenProducts } from "./use-seen-products";
import { ageOf } from "./waiting-reason";

/** What can be done with a product in the conversation that is open. */
export interface ProductActions {
  /** False for somebody who only watches, and in an ended conversation. */
  readonly enabled: boolean;
  /** Both settle when it is done; failures are told elsewhere. */
  show(productId: ProductId, pictureIndex: number): Promise<boolean>;
  recommend(productId: ProductId, note: string): Promise<boolean>;
  /** Into the basket of both. Rejects as the server refuses: the form tells it itself. */
  propose(productId: ProductId, externalId: string, quantity: number, text: string): Promise<void>;
}

/** The shop's products: found by words, narrowed by filters; what this customer has seen comes first while nothing is asked. */
export function CatalogueTab(props: {
  readonly query: string;
  readonly active: boolean;
  /** Of this customer, newest first. */
  readonly trail: readonly VisitedPage[];
  readonly now: number;
  readonly products: ProductActions;
}) {
  const { query, active, products } = props;
  const t = useMessages<CatalogueKey>("catalogue");
  const panelId = useId();
  const [filters, setFilters] = useState<SearchFilters>(noFilters);
  const [sort, setSort] = useState<SearchSort>("best");
  const [isPanelOpen, setPanelOpen] = useState(false);
  const { state, more, again } = useCatalogue({ query, filters, sort }, { active, withFacets: isPanelOpen });
  const isPlain = query.trim() === "" && filters === noFilters && sort === "best";
  const seen = useSeenProducts(props.trail, active);
  const answer = state.kind === "ready" ? state.answer : null;
  const currency = answer?.products[0]?.currency ?? seen.products[0]?.currency ?? "EUR";
  // Nothing chosen is one value, so that it can be told from a choice that was taken back.
  const choose = (next: SearchFilters) => {
    setFilters(JSON.stringify(next) === JSON.stringify(noFilters) ? noFilters : next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isPanelOpen) return;
    event.stopPropagation();
    setPanelOpen(false);
    document.querySelector<HTMLElement>(`[aria-controls="${panelId}"]`)?.focus();
  };
  return (
    <search className={styles.tab} onKeyDown={onKeyDown}>
      <CatalogueBar
        filters={filters}
        sort={sort}
        currency={currency}
        panelId={panelId}
        isPanelOpen={isPanelOpen}
        onPanel={setPanelOpen}
        onFilters={choose}
        onSort={setSort}
      />
      {isPanelOpen && (
        <FacetPanel
          id={panelId}
          facets={answer?.facets ?? null}
          filters={filters}
          currency={currency}
          onFilters={choose}
        />
      )}
      {isPlain && seen.products.length > 0 && (
        <section className={styles.list} aria-label={t("seenTitle")} data-testid="seen-products">
          <h2 className={styles.heading}>{t("seenTitle")}</h2>
          {seen.products.map((product) => (
            <ProductTile key={product.productId} product={product} actions={products} isSeen />
          ))}
          <h2 className={styles.heading}>{t("allTitle")}</h2>
        </section>
      )}
      {state.kind === "failed" ? (
        <div className={styles.none} role="alert">
          <p>{t("failed")}</p>
          <Button onClick={again}>{t("again")}</Button>
        </div>
      ) : answer === null ? (
        <Skeleton />
      ) : (
        <div className={styles.list} aria-busy={state.loading} data-testid="finds">
          <Told answer={answer} query={query.trim()} now={props.now} />
          {answer.products.length === 0 && <Nothing query={query.trim()} />}
          {answer.products.map((product) => (
            <ProductTile
              key={product.productId}
              product={product}
              actions={products}
              isSeen={seen.isSeen(product.productId)}
            />
          ))}
          {answer.next !== null && <More disabled={state.loading} onMore={more} />}
        </div>
      )}
    </search>
  );
}

/** How many there are, what the words were taken for, and how old a shop's own answer is. */
function Told(props: {
  readonly answer: CatalogueSearchAnswer;
  readonly query: string;
  readonly now: number;
}) {
  const { total, guessed, asOf } = props.answer;
  const t = useMessages<CatalogueKey>("catalogue");
  const desk = useMessages<DeskKey>("desk");
  const age = asOf === null ? null : ageOf(Math.max(0, props.now - asOf), desk);
  return (
    <div className={styles.told} role="status">
      {guessed !== null && <p>{t("guessed", { query: props.query, guess: guessed })}</p>}
      {total.count > 0 && <p>{t(total.more ? "moreThan" : "results", { count: total.count })}</p>}
      {age !== null && <p>{age === desk("justNow") ? t("fromShopNow") : t("fromShop", { age })}</p>}
    </div>
  );
}

function Nothing({ query }: { readonly query: string }) {
  const t = useMessages<DeskKey>("desk");
  const words = useMessages<CatalogueKey>("catalogue");
  return (
    <div className={styles.none} role="status">
      <SearchX size={28} aria-hidden="true" />
      <p>{query === "" ? words("results", { count: 0 }) : t("searchEmpty", { query })}</p>
      <p className={styles.hint}>{t("searchHint")}</p>
    </div>
  );
}

function More(props: { readonly disabled: boolean; readonly onMore: () => void }) {
  const t = useMessages<DeskKey>("desk");
  return (
    <Button look="quiet" disabled={props.disabled} onClick={props.onMore}>
      {t("showMore")}
    </Button>
  );
}

function Skeleton() {
  const t = useMessages<DeskKey>("desk");
  return (
    <div className={styles.list} role="status" aria-label={t("loading")}>
      {["a", "b", "c"].map((key) => (
        <div key={key} className={styles.skeleton} />
      ))}
    </div>
  );
}
