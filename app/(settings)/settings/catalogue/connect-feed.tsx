"use client";
/** From a place to an import: choose, look, correct, import. Nothing is kept until the last step. */
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { FeedPreview as Preview } from "@/lib/protocol/feeds";
import type { FeedReading } from "@/lib/protocol/imports";
import type { NamedStorefront } from "@/lib/protocol/storefronts";
import { Button } from "@/lib/ui/controls/button";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import { useMessages } from "@/lib/ui/messages/provider";
import shared from "../settings.module.css";
import styles from "./catalogue.module.css";
import { connect, type LookedAt, look } from "./catalogue-actions";
import { ChoosePlace } from "./choose-place";
import { FeedPreview } from "./feed-preview";
import { errorKey } from "./feed-words";
import { ReadingFields } from "./reading-fields";

interface Looked {
  readonly at: LookedAt;
  readonly preview: Preview;
}

interface Refusal {
  readonly words: CatalogueSettingsKey;
  /** What the server says, in English; may be empty. */
  readonly detail: string;
}

const refusal = (code: ErrorCode, detail: string): Refusal => ({ words: errorKey(code), detail });

export function ConnectFeed(props: {
  readonly reading: FeedReading;
  /** Of the shop, besides its own. */
  readonly storefronts: readonly NamedStorefront[];
  /** A source that is known already. */
  readonly source: {
    readonly sourceId: string;
    readonly name: string;
    readonly kind: "upload" | "address";
  } | null;
}) {
  const { source } = props;
  const t = useMessages<CatalogueSettingsKey>("catalogueSettings");
  const router = useRouter();
  const [reading, setReading] = useState(props.reading);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [busy, start] = useTransition();
  const title = useRef<HTMLHeadingElement>(null);

  const lookAt = useCallback(
    (at: LookedAt, read: FeedReading) =>
      start(async () => {
        setReading(read);
        setRefused(null);
        const result = await look(at, read);
        if (result.kind === "refused") setRefused(refusal(result.code, result.detail));
        else setLooked({ at, preview: result.preview });
      }),
    [],
  );
  const importIt = ({ at, preview }: Looked) =>
    start(async () => {
      const result = await connect(at, { ...reading, mapping: preview.mapping }, source?.sourceId ?? "");
      if (result.kind === "refused") setRefused(refusal(result.code, result.detail));
      else if (result.kind === "running") setRefused({ words: "errRunning", detail: "" });
      else router.push(`/settings/catalogue/imports/${result.importId}`);
    });

  // Of a source with an address there is nothing to choose.
  const known = source?.kind === "address" ? source.sourceId : null;
  const first = useRef(props.reading);
  useEffect(() => {
    if (known !== null) lookAt({ kind: "source", sourceId: known }, first.current);
  }, [known, lookAt]);
  const isLooked = looked !== null;
  useEffect(() => {
    if (isLooked) title.current?.focus();
  }, [isLooked]);

  const problem = refused !== null && (
    <p role="alert" className={styles.alert} data-testid="feed-refused">
      {t(refused.words)}
      {refused.detail !== "" && <span className={shared.help}>{refused.detail}</span>}
    </p>
  );
  if (looked === null) {
    return (
      <section className={shared.section} aria-labelledby="connect-title">
        <div className={shared.about}>
          <h2 id="connect-title">{source?.name ?? t("connect")}</h2>
          <p>{t("emptyText")}</p>
        </div>
        <div className={shared.card}>
          {known === null && (
            <ChoosePlace
              onlyFiles={source !== null}
              busy={busy}
              onPlace={(place) => lookAt(place, reading)}
              onRefused={(code, detail) => setRefused(refusal(code, detail))}
            />
          )}
          <p role="status" className={styles.status}>
            {busy && t("looking")}
          </p>
          {problem}
        </div>
      </section>
    );
  }
  const { mapping, columns } = looked.preview;
  const isMapped =
    columns.length === 0 || Boolean(mapping?.columns.id && mapping.columns.title && mapping.columns.price);
  return (
    <section className={styles.wide} aria-labelledby="preview-title" aria-busy={busy}>
      <div className={shared.about}>
        <h2 id="preview-title" ref={title} tabIndex={-1}>
          {t("preview")}
        </h2>
        <p>{t("previewText")}</p>
      </div>
      <ReadingFields
        reading={reading}
        storefronts={props.storefronts}
        preview={looked.preview}
        busy={busy}
        onChange={(read) => lookAt(looked.at, read)}
      />
      {problem}
      <FeedPreview preview={looked.preview} />
      <div className={styles.bar}>
        <Button
          look="primary"
          disabled={busy || !isMapped || looked.preview.rows.length === 0}
          onClick={() => importIt(looked)}
          data-testid="start-import"
        >
          {t(source === null ? "startImport" : "saveReading")}
        </Button>
        {source === null && (
          <Button look="quiet" onClick={() => setLooked(null)}>
            {t("otherFeed")}
          </Button>
        )}
        <p role="status" className={shared.help}>
          {busy ? t("looking") : !isMapped && t("needsMapping")}
        </p>
      </div>
    </section>
  );
}
