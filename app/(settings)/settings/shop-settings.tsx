"use client";
import { useActionState, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import { AccentField } from "./accent-field";
import { type SaveResult, saveShop } from "./actions";
import { CopyLine } from "./copy-line";
import styles from "./settings.module.css";

const invalidWords = { name: "badName", accent: "badAccent", origins: "badOrigins" } as const;

export function ShopSettings(props: {
  readonly shop: {
    readonly name: string;
    readonly accent: string;
    readonly coverPhotos: boolean;
    readonly keepOriginals: boolean;
    /** Kept so far. */
    readonly originals: { readonly files: number; readonly bytes: number };
    /** Who took one of them, the last first; when, in words. */
    readonly saved: readonly { readonly id: string; readonly name: string | null; readonly at: string }[];
    readonly origins: readonly string[];
  };
  readonly script: string;
}) {
  const t = useMessages<SettingsKey>("settings");
  const [result, save, saving] = useActionState<SaveResult, FormData>(saveShop, { kind: "idle" });
  const [name, setName] = useState(props.shop.name);
  const [origins, setOrigins] = useState(props.shop.origins.join("\n"));
  const { originals } = props.shop;
  const wrong = result.kind === "invalid" ? result.field : null;
  return (
    <section className={styles.section} aria-labelledby="shop-title">
      <div className={styles.about}>
        <h2 id="shop-title">{t("shop")}</h2>
        <p>{t("shopText")}</p>
      </div>
      <div className={styles.card}>
        <form className={styles.form} action={save}>
          <label className={styles.field}>
            <span>{t("name")}</span>
            <input
              className={styles.input}
              name="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              aria-invalid={wrong === "name" || undefined}
            />
          </label>
          <AccentField accent={props.shop.accent} />
          <label className={styles.switch}>
            <input
              type="checkbox"
              name="coverPhotos"
              defaultChecked={props.shop.coverPhotos}
              data-testid="cover-photos"
            />
            <span>
              {t("coverPhotos")}
              <span className={styles.help}>{t("coverPhotosHelp")}</span>
            </span>
          </label>
          <label className={styles.switch}>
            <input
              type="checkbox"
              name="keepOriginals"
              defaultChecked={props.shop.keepOriginals}
              data-testid="keep-originals"
            />
            <span>
              {t("keepOriginals")}
              <span className={styles.help}>{t("keepOriginalsHelp")}</span>
            </span>
          </label>
          {originals.files > 0 && (
            <p className={styles.below} data-testid="originals-kept">
              {t("originalsKept", {
                count: originals.files,
                megabytes: Math.max(1, Math.round(originals.bytes / 1_000_000)),
              })}
            </p>
          )}
          {props.shop.saved.length > 0 && (
            <div className={styles.below}>
              <p id="originals-saved">{t("originalsSaved")}</p>
              <ul className={styles.saves} aria-labelledby="originals-saved">
                {props.shop.saved.map(({ id, name, at }) => (
                  <li key={id} data-testid="original-saved">
                    <span>{name ?? t("formerMember")}</span>
                    <span>{at}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <label className={styles.field}>
            <span>{t("origins")}</span>
            <textarea
              className={styles.area}
              name="origins"
              rows={4}
              spellCheck={false}
              data-testid="shop-origins"
              value={origins}
              onChange={(event) => setOrigins(event.target.value)}
              aria-describedby="origins-help"
              aria-invalid={wrong === "origins" || undefined}
            />
            <span id="origins-help" className={styles.help}>
              {t("originsHelp")}
            </span>
          </label>
          <div className={styles.actions}>
            <Button look="primary" type="submit" disabled={saving} data-testid="save-shop">
              {t("save")}
            </Button>
            <p
              role="status"
              className={styles.good}
              {...(result.kind === "saved" && !saving && { "data-testid": "shop-saved" })}
            >
              {result.kind === "saved" && !saving && t("saved")}
            </p>
            <p role="alert" className={styles.bad}>
              {wrong !== null && t(invalidWords[wrong])}
              {result.kind === "failed" && t("failed")}
            </p>
          </div>
        </form>
        <div className={styles.embed}>
          <h3>{t("embed")}</h3>
          <p className={styles.help}>{t("embedText")}</p>
          <CopyLine text={props.script} />
        </div>
      </div>
    </section>
  );
}
