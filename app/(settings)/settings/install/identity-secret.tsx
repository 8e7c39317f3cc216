"use client";
import { useActionState } from "react";
import { Button } from "@/lib/ui/controls/button";
import type { InstallKey } from "@/lib/ui/messages/install";
import { useMessages } from "@/lib/ui/messages/provider";
import { CopyLine } from "../copy-line";
import styles from "../settings.module.css";
import { makeIdentitySecret } from "./actions";

/** The secret by which the shop's server vouches for its customers: made here, shown once. */
export function IdentitySecret({ exists }: { readonly exists: boolean }) {
  const t = useMessages<InstallKey>("install");
  const [secret, make, making] = useActionState<string | null>(makeIdentitySecret, null);
  return (
    <form className={styles.form} action={make}>
      {secret === null ? (
        <p className={styles.help}>{t(exists ? "secretThere" : "secretNone")}</p>
      ) : (
        <div role="status" data-testid="identity-secret">
          <p className={styles.help}>{t("secretOnce")}</p>
          <CopyLine text={secret} />
        </div>
      )}
      <div className={styles.actions}>
        <Button type="submit" disabled={making} data-testid="make-identity-secret">
          {t(exists || secret !== null ? "secretRenew" : "secretMake")}
        </Button>
      </div>
    </form>
  );
}
