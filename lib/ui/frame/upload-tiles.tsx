import { ImageIcon, RotateCw, X } from "lucide-react";
import { useState } from "react";
import { MAX_UPLOAD_BYTES } from "@/lib/protocol/limits";
import { IconButton } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { canRetry, type Upload } from "./upload-queue";
import styles from "./upload-tiles.module.css";
import { uploadWords } from "./upload-words";
import type { Uploads } from "./use-uploads";

const BYTES_PER_MEGABYTE = 1_048_576;

/** Photos on their way: there at once, blurred until they are stored. */
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
  const { state } = upload;
  const share = state.kind === "sending" ? state.share : 0;
  const percent = Math.round(share * 100);
  const words =
    state.kind === "failed"
      ? t(uploadWords[state.error], { megabytes: Math.round(MAX_UPLOAD_BYTES / BYTES_PER_MEGABYTE) })
      : state.kind === "queued"
        ? t("uploadQueued")
        : share < 1
          ? t("uploadSending", { percent })
          : t("uploadReading");
  return (
    <li className={styles.tile} data-state={state.kind}>
      <span className={styles.picture}>
        {unshowable ? (
          <ImageIcon size={24} aria-hidden="true" />
        ) : (
          <img src={uploads.previewOf(upload.id)} alt="" onError={() => setUnshowable(true)} />
        )}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{upload.name}</span>
        <span className={styles.status} role={state.kind === "failed" ? "alert" : undefined}>
          {words}
        </span>
        {state.kind === "sending" && (
          <progress
            className={styles.progress}
            max={100}
            value={share < 1 ? percent : undefined}
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
