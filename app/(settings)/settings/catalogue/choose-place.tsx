"use client";
import { useId, useState } from "react";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { FeedPlace } from "@/lib/protocol/imports";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { FilePicker } from "./file-picker";

const kinds = [
  { kind: "address", words: "whereAddress", help: "whereAddressHelp" },
  { kind: "upload", words: "whereUpload", help: "whereUploadHelp" },
] as const;

/** Where a feed is: an address, or a file that is sent at once. */
export function ChoosePlace(props: {
  readonly onlyFiles: boolean;
  readonly busy: boolean;
  readonly onPlace: (place: FeedPlace) => void;
  readonly onRefused: (code: ErrorCode, detail: string) => void;
}) {
  const { onlyFiles, busy, onPlace, onRefused } = props;
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const id = useId();
  const [kind, setKind] = useState<FeedPlace["kind"]>(onlyFiles ? "upload" : "address");

  const [url, setUrl] = useState("");

  /** An action, not a submit event: sent before this script runs, a form would put the password into an address. */
  function submit(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const login =
      text("loginName") === "" ? "" : `${text("loginName")}:${String(form.get("loginPassword") ?? "")}`;
    setUrl(text("url"));
    onPlace({ kind: "address", url: text("url"), login });
  }

  return (
    <div className={shared.form}>
      {!onlyFiles && (
        <fieldset className={styles.choices}>
          <legend>{t("where")}</legend>
          {kinds.map((each) => (
            <label key={each.kind} className={styles.choice}>
              <input
                type="radio"
                name={`${id}-kind`}
                checked={kind === each.kind}
                onChange={() => setKind(each.kind)}
                data-testid={`place-${each.kind}`}
              />
              <span>
                {t(each.words)}
                <span className={shared.help}>{t(each.help)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {kind === "upload" ? (
        <FilePicker
          busy={busy}
          onSent={(file, fileName) => onPlace({ kind: "upload", file, fileName })}
          onFailed={(error) =>
            onRefused(
              error instanceof AppError ? error.code : "internal",
              error instanceof Error ? error.message : "",
            )
          }
        />
      ) : (
        <form className={styles.stack} action={submit}>
          <label className={shared.field}>
            <span>{t("address")}</span>
            <input
              className={shared.input}
              name="url"
              type="url"
              defaultValue={url}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              maxLength={2_000}
              required
              aria-describedby={`${id}-help`}
              data-testid="feed-url"
            />
            <span id={`${id}-help`} className={shared.help}>
              {t("addressHelp")}
            </span>
          </label>
          <details className={styles.details}>
            <summary>{t("login")}</summary>
            <div className={styles.pair}>
              <label className={shared.field}>
                <span>{t("loginName")}</span>
                <input className={shared.input} name="loginName" autoComplete="off" maxLength={100} />
              </label>
              <label className={shared.field}>
                <span>{t("loginPassword")}</span>
                <input
                  className={shared.input}
                  name="loginPassword"
                  type="password"
                  autoComplete="new-password"
                  maxLength={100}
                />
              </label>
            </div>
          </details>
          <div>
            <Button look="primary" type="submit" disabled={busy} data-testid="look">
              {t("look")}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
