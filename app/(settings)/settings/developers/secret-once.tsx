"use client";
import type { DevelopersKey } from "@/lib/ui/messages/developers";
import { useMessages } from "@/lib/ui/messages/provider";
import { CopyLine } from "../copy-line";
import styles from "../settings.module.css";
import type { MakeResult } from "./actions";

/** What came of making something: its secret, which nobody sees again, or why it was not made. */
export function SecretOnce(props: {
  readonly result: MakeResult;
  readonly words: DevelopersKey;
  /** For a request that is not complete. */
  readonly badWords: DevelopersKey;
}) {
  const t = useMessages<DevelopersKey>("developers");
  const { result, words, badWords } = props;
  return (
    <div aria-live="polite">
      {result.kind === "made" && (
        <div className={styles.password} data-testid="secret-once">
          <p>{t(words)}</p>
          <CopyLine key={result.secret} text={result.secret} />
        </div>
      )}
      {result.kind === "refused" && <p className={styles.bad}>{t(refusalWords(result.code, badWords))}</p>}
    </div>
  );
}

function refusalWords(code: string, badWords: DevelopersKey): DevelopersKey {
  if (code === "bad_request") return badWords;
  return code === "conflict" ? "tooMany" : "failed";
}
