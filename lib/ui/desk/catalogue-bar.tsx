"use client";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import X from "lucide-react/icons/x";
import { useRef } from "react";
import { noFilters, type SearchFilters, type SearchSort, searchSorts } from "@/lib/protocol/catalogue-search";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./catalogue-bar.module.css";
import { activeFilters } from "./catalogue-filters";

const sortKeys = {
  best: "sortBest",
  "price-up": "sortPriceUp",
  "price-down": "sortPriceDown",
  newest: "sortNewest",
} as const satisfies Record<SearchSort, CatalogueKey>;

/** Above the finds: the door to the filters, the order, and the filters that are on. */
export function CatalogueBar(props: {
  readonly filters: SearchFilters;
  readonly sort: SearchSort;
  readonly currency: string;
  readonly panelId: string;
  readonly isPanelOpen: boolean;
  readonly onPanel: (open: boolean) => void;
  readonly onFilters: (filters: SearchFilters) => void;
  readonly onSort: (sort: SearchSort) => void;
}) {
  const { filters, sort, isPanelOpen } = props;
  const t = useMessages<CatalogueKey>("catalogue");
  const locale = useLocale();
  const toggle = useRef<HTMLButtonElement>(null);
  // The pressed chip goes; whoever works by keys must not be thrown to the top of the page.
  const take = (left: SearchFilters) => {
    toggle.current?.focus();
    props.onFilters(left);
  };
  const active = activeFilters(filters, t, { currency: props.currency, locale });
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <button
          ref={toggle}
          type="button"
          className={styles.toggle}
          data-testid="filters"
          aria-expanded={isPanelOpen}
          aria-controls={props.panelId}
          aria-label={active.length === 0 ? t("filters") : t("filtersOn", { count: active.length })}
          onClick={() => props.onPanel(!isPanelOpen)}
        >
          <SlidersHorizontal size={16} aria-hidden="true" />
          {t("filters")}
          {active.length > 0 && <span className={styles.badge}>{active.length}</span>}
        </button>
        <select
          className={styles.sort}
          aria-label={t("sort")}
          data-testid="sort"
          value={sort}
          onChange={(event) => {
            const chosen = searchSorts.find((one) => one === event.target.value);
            if (chosen !== undefined) props.onSort(chosen);
          }}
        >
          {searchSorts.map((one) => (
            <option key={one} value={one}>
              {t(sortKeys[one])}
            </option>
          ))}
        </select>
      </div>
      {active.length > 0 && (
        <ul className={styles.active} aria-label={t("filters")} data-testid="active-filters">
          {active.map(({ key, label, without }) => (
            <li key={key}>
              <button
                type="button"
                className={styles.chip}
                aria-label={t("remove", { name: label })}
                onClick={() => take(without)}
              >
                <span className={styles.label}>{label}</span>
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
          {active.length > 1 && (
            <li>
              <button type="button" className={styles.clear} onClick={() => take(noFilters)}>
                {t("clear")}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
