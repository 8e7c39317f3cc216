import FileText from "lucide-react/icons/file-text";
import Film from "lucide-react/icons/film";
import ImageIcon from "lucide-react/icons/image";
import RotateCw from "lucide-react/icons/rotate-cw";
import X from "lucide-react/icons/x";
import { useState } from "react";
import { assertNever } from "@/lib/protocol/errors";
import { IconButton } from "@/lib/ui/controls/button";
import type { Translate } from "@/lib/ui/messages/define";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { maxMegabytes } from "@/lib/ui/uploads/file-kind";
import { canRetry, type Upload } from "./upload-queue";
import styles from "./upload-tiles.module.css";
import { uploadWords } from "./upload-words";
import type { Uploads } from "./use-uploads";

const icons = { picture: ImageIcon, video: Film, paper: FileText };

/** Files on their way: there at once, blurred until they are stored. */
export function UploadTiles({ uploads }: { readonly uploads: Uploads }) {
  const t = useMessages<FrameKey>("frame");
  if (uploads.queue.length === 0) return null;
  return (
    <ul className={styles.tiles} aria-label={t("uploads")}>
      {uploads.queue.map((upload) => (
        <UploadTile key={upload.id} upload={upload} uploads={uploads} />
      ))}
    </ul>
  );
}

function UploadTile({ upload, uploads }: { readonly upload: Upload; readonly uploads: Uploads }) {
  const t = useMessages<FrameKey>("frame");
  // HEIC: most browsers cannot show it; the name stands in until the server has read it.
  const [unshowable, setUnshowable] = useState(false);
  const { state, what } = upload;
  const Icon = icons[what ?? "picture"];
  const percent = state.kind === "sending" ? Math.round(state.share * 100) : 0;
  // The server does not know how long a picture takes.
  const counts = state.kind === "sending" && (state.phase === "sending" || state.share > 0);
  return (
    <li className={styles.tile} data-state={state.kind}>
      <span className={styles.picture}>
        {unshowable || what !== "picture" ? (
          <Icon size={24} aria-hidden="true" />
        ) : (
          <img src={uploads.previewOf(upload.id)} alt="" onError={() => setUnshowable(true)} />
        )}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{upload.name}</span>
        <span className={styles.status} role={state.kind === "failed" ? "alert" : undefined}>
          {wordsOf(upload, t, percent)}
        </span>
        {state.kind === "sending" && (
          <progress
            className={styles.progress}
            max={100}
            value={counts ? percent : undefined}
            aria-label={upload.name}
          />
        )}
      </span>
      {canRetry(upload) && (
        <IconButton label={t("tryAgain")} onClick={() => uploads.retry(upload.id)}>
          <RotateCw size={18} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={t(state.kind === "failed" ? "dismiss" : "cancel")}
        onClick={() => uploads.remove(upload.id)}
      >
        <X size={18} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

function wordsOf({ state, what }: Upload, t: Translate<FrameKey>, percent: number): string {
  switch (state.kind) {
    case "failed":
      return t(uploadWords[state.error], { megabytes: maxMegabytes(what) });
    case "queued":
      return t("uploadQueued");
    case "sending":
      if (state.phase === "sending") return t("uploadSending", { percent });
      return state.share > 0 ? t("uploadReadingPercent", { percent }) : t("uploadReading");
    default:
      return assertNever(state);
  }
}
