"use client";
import { useEffect, useState } from "react";
import { inThrees, SPOKEN_CODE_MS } from "@/lib/protocol/spoken-code";
import type { SpokenCodeAnswer } from "@/lib/protocol/spoken-code-answers";
import { Button } from "@/lib/ui/controls/button";
import type { MirrorKey } from "@/lib/ui/messages/mirror";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror.module.css";

type Shown =
  | { readonly as: "asked" }
  | { readonly as: "code"; readonly code: string }
  | { readonly as: "failed" };

/** For who is on the phone with the shop: nine digits to read out, so that the one who hears them finds this page. */
export function SpokenCode({ getCode }: { readonly getCode: () => Promise<SpokenCodeAnswer> }) {
  const t = useMessages<MirrorKey>("mirror");
  const [shown, setShown] = useState<Shown | null>(null);

  // By how long it lasts, not by when it ends: her clock may be wrong. It may end sooner; then she is told on the phone.
  const code = shown?.as === "code" ? shown.code : null;
  useEffect(() => {
    if (code === null) return;
    const timer = setTimeout(() => setShown(null), SPOKEN_CODE_MS);
    return () => clearTimeout(timer);
  }, [code]);

  const ask = async () => {
    setShown({ as: "asked" });
    const next = await getCode().then(
      (answer): Shown => ({ as: "code", code: answer.code }),
      (): Shown => ({ as: "failed" }),
    );
    setShown(next);
  };
  if (code !== null) {
    return (
      <p className={styles.code} role="status">
        {t("codeRead")}
        <b data-testid="mirror-code">{inThrees(code)}</b>
      </p>
    );
  }
  return (
    <>
      <Button
        look="quiet"
        data-testid="mirror-get-code"
        disabled={shown?.as === "asked"}
        onClick={() => void ask()}
      >
        {t("codeGet")}
      </Button>
      {shown?.as === "failed" && (
        <p className={styles.code} role="alert">
          {t("codeFailed")}
        </p>
      )}
    </>
  );
}
