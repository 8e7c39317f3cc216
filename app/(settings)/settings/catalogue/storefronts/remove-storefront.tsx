"use client";
import { useActionState, useState } from "react";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { StorefrontKey } from "@/lib/ui/messages/storefronts";
import shared from "../../settings.module.css";
import styles from "../catalogue.module.css";
import { removeStorefront, type StorefrontResult } from "./storefront-actions";

/** Deleting asks once more, in place; while feeds are read for it there is nothing to ask. */
export function RemoveStorefront(props: { readonly storefrontId: string; readonly isFed: boolean }) {
  const t = useMessages<StorefrontKey>("storefronts");
  const [asking, setAsking] = useState(false);
  const [result, remove, removing] = useActionState<StorefrontResult, FormData>(removeStorefront, {
    kind: "idle",
  });
  return (
    <section className={shared.section} aria-labelledby="remove-title">
      <div className={shared.about}>
        <h2 id="remove-title">{t("remove")}</h2>
        {props.isFed && <p>{t("removeFed")}</p>}
      </div>
      {!props.isFed && !asking && (
        <div>
          <Button look="danger" onClick={() => setAsking(true)} data-testid="storefront-remove">
            {t("remove")}
          </Button>
        </div>
      )}
      {!props.isFed && asking && (
        <form className={`${shared.card} ${styles.ask}`} action={remove}>
          <input type="hidden" name="storefrontId" value={props.storefrontId} />
          <p>{t("removeAsk")}</p>
          <div className={styles.bar}>
            <Button look="danger" type="submit" disabled={removing} data-testid="storefront-remove-yes">
              {t("removeYes")}
            </Button>
            <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
              {t("cancel")}
            </Button>
          </div>
          <p role="alert" className={shared.bad}>
            {result.kind !== "saved" && result.kind !== "idle" && t(result.kind)}
          </p>
        </form>
      )}
    </section>
  );
}
