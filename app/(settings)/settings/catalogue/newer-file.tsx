"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { importFile } from "./catalogue-actions";
import { errorKey } from "./feed-words";
import { FilePicker } from "./file-picker";

/** A newer file for a source that is sent by hand, read as the last one. */
export function NewerFile({ sourceId }: { readonly sourceId: string }) {
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const router = useRouter();
  const [refused, setRefused] = useState<ErrorCode | null>(null);
  const [busy, start] = useTransition();
  const send = (file: string) =>
    start(async () => {
      const result = await importFile(sourceId, file);
      if (result.kind === "refused") setRefused(result.code);
      else router.push(`/settings/catalogue/imports/${result.importId}`);
    });
  return (
    <div className={shared.form}>
      <h3 id="newer-title">{t("newerFile")}</h3>
      <p className={shared.help}>{t("newerFileText")}</p>
      <FilePicker
        busy={busy}
        onSent={send}
        onFailed={(error) => setRefused(error instanceof AppError ? error.code : "internal")}
      />
      <p role="alert" className={refused === null ? "" : styles.alert}>
        {refused !== null && t(errorKey(refused))}
      </p>
    </div>
  );
}
