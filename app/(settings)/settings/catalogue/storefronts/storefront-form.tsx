"use client";
import { useActionState, useState } from "react";
import type { StorefrontInput } from "@/lib/protocol/storefronts";
import { Button } from "@/lib/ui/controls/button";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { StorefrontKey } from "@/lib/ui/messages/storefronts";
import shared from "../../settings.module.css";
import styles from "../catalogue.module.css";
import { withLanguage } from "../languages";
import { type StorefrontResult, saveStorefront } from "./storefront-actions";

/** What a storefront is called, and which pages are it. */
export function StorefrontForm(props: {
  /** Empty for a new one. */
  readonly storefrontId: string;
  readonly storefront: StorefrontInput;
  /** Of the shop. */
  readonly origins: readonly string[];
}) {
  const { storefrontId, storefront, origins } = props;
  const t = useMessages<StorefrontKey>("storefronts");
  const names = new Intl.DisplayNames(useLocale(), { type: "language" });
  const [result, save, saving] = useActionState<StorefrontResult, FormData>(saveStorefront, { kind: "idle" });
  // Kept over a refusal: a form that was sent is emptied.
  const [said, setSaid] = useState(storefront);
  const choose = (origin: string, chosen: boolean) =>
    setSaid({
      ...said,
      origins: chosen ? [...said.origins, origin] : said.origins.filter((one) => one !== origin),
    });
  return (
    <form className={shared.form} action={save}>
      <input type="hidden" name="storefrontId" value={storefrontId} />
      <label className={shared.field}>
        <span>{t("name")}</span>
        <input
          className={shared.input}
          name="name"
          value={said.name}
          onChange={({ target }) => setSaid({ ...said, name: target.value })}
          maxLength={80}
          required
          aria-describedby="storefront-name-help"
          data-testid="storefront-name"
        />
        <span id="storefront-name-help" className={shared.help}>
          {t("nameHelp")}
        </span>
      </label>
      <label className={shared.field}>
        <span>{t("language")}</span>
        <select
          className={shared.input}
          name="locale"
          value={said.locale}
          onChange={({ target }) => setSaid({ ...said, locale: target.value })}
          data-testid="storefront-language"
        >
          {withLanguage(storefront.locale).map((language) => (
            <option key={language} value={language}>
              {names.of(language) ?? language}
            </option>
          ))}
        </select>
      </label>
      <label className={shared.field}>
        <span>{t("currency")}</span>
        <input
          className={shared.input}
          name="currency"
          value={said.currency}
          onChange={({ target }) => setSaid({ ...said, currency: target.value })}
          minLength={3}
          maxLength={3}
          autoComplete="off"
          required
          data-testid="storefront-currency"
        />
      </label>
      <fieldset className={styles.choices} aria-describedby="storefront-origins-help">
        <legend>{t("origins")}</legend>
        <p id="storefront-origins-help" className={shared.help}>
          {t(origins.length === 0 ? "noOrigins" : "originsHelp")}
        </p>
        {origins.map((origin) => (
          <label key={origin} className={styles.choice}>
            <input
              type="checkbox"
              name="origins"
              value={origin}
              checked={said.origins.includes(origin)}
              onChange={({ target }) => choose(origin, target.checked)}
            />
            <span className={styles.address}>{origin}</span>
          </label>
        ))}
      </fieldset>
      <div className={shared.actions}>
        <Button look="primary" type="submit" disabled={saving} data-testid="storefront-save">
          {t("save")}
        </Button>
        <p role="status" className={shared.good}>
          {result.kind === "saved" && !saving && t("saved")}
        </p>
        <p role="alert" className={shared.bad}>
          {result.kind !== "saved" && result.kind !== "idle" && !saving && t(result.kind)}
        </p>
      </div>
    </form>
  );
}
