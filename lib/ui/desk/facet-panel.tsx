"use client";
import Check from "lucide-react/icons/check";
import { type ReactNode, useEffect, useState } from "react";
import type { CatalogueFacets } from "@/lib/protocol/catalogue-answers";
import type { SearchFilters } from "@/lib/protocol/catalogue-search";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { swatchOf } from "./color-swatch";
import styles from "./facet-panel.module.css";

type Choices = CatalogueFacets["brands"];

/** What the finds can be narrowed by. Opened by whoever wants it. */
export function FacetPanel(props: {
  readonly id: string;
  /** Null while they are on their way. */
  readonly facets: CatalogueFacets | null;
  readonly filters: SearchFilters;
  readonly currency: string;
  readonly onFilters: (filters: SearchFilters) => void;
}) {
  const { facets, filters, onFilters } = props;
  const t = useMessages<CatalogueKey>("catalogue");
  const isNarrowed = filters.category !== null;
  const toggle = (name: "brands" | "colors" | "sizes") => (value: string) =>
    onFilters({
      ...filters,
      [name]: filters[name].includes(value)
        ? filters[name].filter((other) => other !== value)
        : [...filters[name], value],
    });
  return (
    <section id={props.id} className={styles.panel} aria-label={t("filters")} data-testid="facets">
      <div className={styles.toggles}>
        {(["inStock", "onSale"] as const).map((name) => (
          <Chip
            key={name}
            pressed={filters[name]}
            onPress={() => onFilters({ ...filters, [name]: !filters[name] })}
          >
            {t(name)}
          </Chip>
        ))}
      </div>
      <PriceRange filters={filters} currency={props.currency} onFilters={onFilters} />
      {facets === null ? (
        <p className={styles.loading} role="status">
          {t("loading")}
        </p>
      ) : (
        <>
          <Group name={t("category")} isEmpty={facets.categories.length === 0 && !isNarrowed}>
            {isNarrowed && (
              <Chip pressed={false} onPress={() => onFilters({ ...filters, category: null })}>
                {t("allCategories")}
              </Chip>
            )}
            {facets.categories.map(({ value, count }) => (
              <Chip key={value} pressed={false} onPress={() => onFilters({ ...filters, category: value })}>
                {value.split(" > ").at(-1)}
                <Count count={count} complete={facets.complete} />
              </Chip>
            ))}
          </Group>
          {(
            [
              ["color", "colors"],
              ["size", "sizes"],
              ["brand", "brands"],
            ] as const
          ).map(([label, name]) => (
            <Group
              key={name}
              name={t(label)}
              isEmpty={facets[name].length === 0 && filters[name].length === 0}
            >
              {withChosen(facets[name], filters[name]).map(({ value, count }) => (
                <Chip key={value} pressed={filters[name].includes(value)} onPress={() => toggle(name)(value)}>
                  {name === "colors" && <Swatch color={value} />}
                  <span className={styles.name}>{value}</span>
                  <Count count={count} complete={facets.complete} />
                </Chip>
              ))}
            </Group>
          ))}
          {facets.categories.length + facets.brands.length + facets.colors.length + facets.sizes.length ===
            0 && <p className={styles.loading}>{t("noChoices")}</p>}
        </>
      )}
    </section>
  );
}

/** What was chosen stays there to be taken back, also when nothing is left of it. */
function withChosen(choices: Choices, chosen: readonly string[]): Choices {
  const missing = chosen.filter((value) => choices.every((choice) => choice.value !== value));
  return [...missing.map((value) => ({ value, count: 0 })), ...choices];
}

function Group(props: { readonly name: string; readonly isEmpty: boolean; readonly children: ReactNode }) {
  if (props.isEmpty) return null;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{props.name}</legend>
      <div className={styles.chips}>{props.children}</div>
    </fieldset>
  );
}

function Chip(props: {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={props.pressed} onClick={props.onPress}>
      {props.pressed && <Check size={14} aria-hidden="true" />}
      {props.children}
    </button>
  );
}

function Count({ count, complete }: { readonly count: number | null; readonly complete: boolean }) {
  const locale = useLocale();
  if (count === null || count === 0) return null;
  const text = new Intl.NumberFormat(locale).format(count);
  return <span className={styles.count}>{complete ? text : `~${text}`}</span>;
}

/** A dot of the colour, where its name says which. */
export function Swatch({ color }: { readonly color: string }) {
  const swatch = swatchOf(color);
  return swatch === null ? null : <span className={styles.swatch} data-color={swatch} aria-hidden="true" />;
}

function PriceRange(props: {
  readonly filters: SearchFilters;
  readonly currency: string;
  readonly onFilters: (filters: SearchFilters) => void;
}) {
  const { filters, currency, onFilters } = props;
  const t = useMessages<CatalogueKey>("catalogue");
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        {t("price")} ({currency})
      </legend>
      <div className={styles.range}>
        {(["minMinor", "maxMinor"] as const).map((name) => (
          <PriceField
            key={name}
            label={t(name === "minMinor" ? "priceFrom" : "priceTo")}
            minor={filters[name]}
            unit={10 ** digits}
            onMinor={(minor) => onFilters({ ...filters, [name]: minor })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Keeps what is being typed; a number that is none leaves the price open. */
function PriceField(props: {
  readonly label: string;
  readonly minor: number | null;
  /** Minor units in one of the currency. */
  readonly unit: number;
  readonly onMinor: (minor: number | null) => void;
}) {
  const { minor, unit } = props;
  const [text, setText] = useState(minor === null ? "" : String(minor / unit));
  useEffect(() => {
    setText((now) => (minorOf(now, unit) === minor ? now : minor === null ? "" : String(minor / unit)));
  }, [minor, unit]);
  return (
    <label className={styles.field}>
      <span>{props.label}</span>
      <input
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          props.onMinor(minorOf(event.target.value, unit));
        }}
      />
    </label>
  );
}

/** "19,90" and "19.90" are the same price. */
function minorOf(text: string, unit: number): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) || value < 0 ? null : Math.round(value * unit);
}
