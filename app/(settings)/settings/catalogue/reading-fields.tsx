"use client";
import {
  type FeedField,
  type FeedMapping,
  type FeedPreview,
  feedFields,
  feedKinds,
} from "@/lib/protocol/feeds";
import type { FeedReading } from "@/lib/protocol/imports";
import type { NamedStorefront } from "@/lib/protocol/storefronts";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { kindNames } from "./feed-words";
import { withLanguage } from "./languages";
import { StorefrontChoice } from "./storefronts/storefront-choice";

/** How a feed is read; every change is looked at anew. */
export function ReadingFields(props: {
  readonly reading: FeedReading;
  /** Of the shop, besides its own. */
  readonly storefronts: readonly NamedStorefront[];
  readonly preview: FeedPreview;
  readonly busy: boolean;
  readonly onChange: (reading: FeedReading) => void;
}) {
  const { reading, preview, busy, onChange } = props;
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const names = new Intl.DisplayNames(useLocale(), { type: "language" });
  return (
    <div className={styles.fields}>
      {props.storefronts.length > 0 && (
        <StorefrontChoice reading={reading} storefronts={props.storefronts} busy={busy} onChange={onChange} />
      )}
      <label className={shared.field}>
        <span>{t("format")}</span>
        <select
          className={shared.input}
          value={reading.format ?? ""}
          disabled={busy}
          onChange={({ target }) =>
            // Another format has other columns.
            onChange({
              ...reading,
              format: feedKinds.find((kind) => kind === target.value) ?? null,
              mapping: null,
            })
          }
          data-testid="feed-format"
        >
          <option value="">{t("formatAuto", { kind: kindNames[preview.kind] })}</option>
          {feedKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindNames[kind]}
            </option>
          ))}
        </select>
        <span className={shared.help}>{t("encoding", { encoding: preview.encoding.toUpperCase() })}</span>
      </label>
      <label className={shared.field}>
        <span>{t("currency")}</span>
        <input
          className={shared.input}
          // Another storefront has another currency.
          key={reading.currency}
          defaultValue={reading.currency}
          maxLength={3}
          disabled={busy}
          onBlur={({ target }) => {
            const currency = target.value.trim().toUpperCase();
            if (/^[A-Z]{3}$/.test(currency) && currency !== reading.currency)
              onChange({ ...reading, currency });
            else target.value = reading.currency;
          }}
        />
      </label>
      <label className={shared.field}>
        <span>{t("language")}</span>
        <select
          className={shared.input}
          value={reading.locale}
          disabled={busy}
          onChange={({ target }) => onChange({ ...reading, locale: target.value })}
        >
          {withLanguage(reading.locale).map((language) => (
            <option key={language} value={language}>
              {names.of(language) ?? language}
            </option>
          ))}
        </select>
      </label>
      {preview.mapping !== null && (
        <Mapping
          mapping={preview.mapping}
          columns={preview.columns}
          busy={busy}
          onChange={(mapping) => onChange({ ...reading, format: reading.format ?? preview.kind, mapping })}
        />
      )}
    </div>
  );
}

const needed: readonly FeedField[] = ["id", "title", "price"];

/** Which column each field is read from, with what stands there first. */
function Mapping(props: {
  readonly mapping: FeedMapping;
  readonly columns: FeedPreview["columns"];
  readonly busy: boolean;
  readonly onChange: (mapping: FeedMapping) => void;
}) {
  const { mapping, columns, busy, onChange } = props;
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const exampleOf = (name: string | undefined) =>
    columns.find((column) => column.name === name)?.example ?? "";
  return (
    <fieldset className={styles.mapping} data-testid="mapping">
      <legend>{t("mapping")}</legend>
      <p className={shared.help}>{t("mappingText")}</p>
      {feedFields.map((field) => (
        <label key={field} className={shared.field}>
          <span>
            {t(`field_${field}`)}
            {needed.includes(field) && " *"}
          </span>
          <select
            className={shared.input}
            value={mapping.columns[field] ?? ""}
            disabled={busy}
            aria-invalid={(needed.includes(field) && !mapping.columns[field]) || undefined}
            onChange={({ target }) =>
              onChange({
                ...mapping,
                columns: { ...mapping.columns, [field]: target.value === "" ? undefined : target.value },
              })
            }
            data-testid={`map-${field}`}
          >
            <option value="">{t("noColumn")}</option>
            {columns.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <span className={`${shared.help} ${styles.example}`}>{exampleOf(mapping.columns[field])}</span>
        </label>
      ))}
      <label className={shared.field}>
        <span>{t("decimal")}</span>
        <select
          className={shared.input}
          value={mapping.decimal ?? ""}
          disabled={busy}
          onChange={({ target }) =>
            onChange({
              ...mapping,
              decimal: target.value === "." || target.value === "," ? target.value : undefined,
            })
          }
        >
          <option value="">{t("decimalAuto")}</option>
          <option value=".">9.90</option>
          <option value=",">9,90</option>
        </select>
      </label>
      {mapping.entries !== undefined && (
        <label className={shared.field}>
          <span>{t("entries")}</span>
          <input
            className={shared.input}
            defaultValue={mapping.entries}
            maxLength={200}
            disabled={busy}
            spellCheck={false}
            onBlur={({ target }) => {
              const entries = target.value.trim();
              if (entries !== mapping.entries) onChange({ ...mapping, entries });
            }}
          />
        </label>
      )}
    </fieldset>
  );
}
