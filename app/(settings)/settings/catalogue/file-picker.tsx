"use client";
import { useState } from "react";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { sendFile } from "./send-file";

/** Longest name that is kept of a file. */
const MAX_NAME_CHARS = 120;

/** Chooses a file and sends it at once, showing how far it is. */
export function FilePicker(props: {
  readonly busy: boolean;
  readonly onSent: (file: string, fileName: string) => void;
  readonly onFailed: (error: unknown) => void;
}) {
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const [share, setShare] = useState<number | null>(null);
  const percent = share === null ? 0 : Math.floor(share * 100);
  async function send(file: File) {
    setShare(0);
    try {
      props.onSent(await sendFile(file, setShare), file.name.slice(-MAX_NAME_CHARS));
    } catch (error) {
      props.onFailed(error);
    } finally {
      setShare(null);
    }
  }
  return (
    <div className={styles.stack}>
      <label className={shared.field}>
        <span>{t("chooseFile")}</span>
        <input
          className={styles.file}
          type="file"
          accept=".xml,.csv,.tsv,.txt,.json,.jsonl,.ndjson,.html,.gz,.zip"
          disabled={props.busy || share !== null}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file) void send(file);
          }}
          data-testid="feed-file"
        />
      </label>
      {share !== null && (
        <>
          <progress className={styles.progress} max={100} value={percent} aria-label={t("chooseFile")} />
          <p className={shared.help}>{t("sending", { share: percent })}</p>
        </>
      )}
    </div>
  );
}
