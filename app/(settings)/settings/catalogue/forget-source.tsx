"use client";
import { useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { forget } from "./catalogue-actions";

/** Forgetting asks once more, in place, and what of the products. */
export function ForgetSource(props: { readonly sourceId: string; readonly name: string }) {
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const [asking, setAsking] = useState(false);
  return (
    <section className={shared.section} aria-labelledby="forget-title">
      <div className={shared.about}>
        <h2 id="forget-title">{t("forget")}</h2>
      </div>
      {asking ? (
        <form className={`${shared.card} ${styles.ask}`} action={forget}>
          <input type="hidden" name="sourceId" value={props.sourceId} />
          <p>{t("forgetAsk", { name: props.name })}</p>
          <label className={shared.switch}>
            <input type="checkbox" name="products" />
            <span>{t("forgetProducts")}</span>
          </label>
          <div className={styles.bar}>
            <Button look="danger" type="submit" data-testid="forget-yes">
              {t("forgetYes")}
            </Button>
            <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button look="danger" onClick={() => setAsking(true)} data-testid="forget">
            {t("forget")}
          </Button>
        </div>
      )}
    </section>
  );
}
