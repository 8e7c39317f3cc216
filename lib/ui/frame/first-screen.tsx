import Camera from "lucide-react/icons/camera";
import ImagePlus from "lucide-react/icons/image-plus";
import MessageCircleQuestion from "lucide-react/icons/message-circle-question-mark";
import type { AskedProduct } from "@/lib/protocol/http";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { FILE_ACCEPT, filesOf } from "@/lib/ui/uploads/file-kind";
import styles from "./first-screen.module.css";

/** CSS pixels of the product's picture in its button. */
const THUMBNAIL_PX = 56;

/** Before the first word: a greeting, the truth about who is there, and one tap to begin. */
export function FirstScreen(props: {
  readonly agents: readonly string[];
  /** What the page shows, as far as we know it. */
  readonly product: Pick<AskedProduct, "title" | "sizes"> | null;
  /** False until the shop's page has introduced the visitor. */
  readonly ready: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onAsk: () => void;
}) {
  const { agents, product } = props;
  const t = useMessages<FrameKey>("frame");
  const [first] = agents;
  const picture = product?.sizes.find((size) => size.longest >= THUMBNAIL_PX * 2) ?? product?.sizes.at(-1);
  return (
    <div className={styles.screen}>
      <div className={styles.words}>
        <h2 className={styles.greeting}>{t("greeting")}</h2>
        <p className={styles.who} data-here={first !== undefined}>
          {first === undefined
            ? t("hereNobody")
            : t(agents.length === 1 ? "hereOne" : "hereMany", { name: first })}
        </p>
      </div>
      <div className={styles.actions}>
        {product && (
          <button type="button" className={styles.action} disabled={!props.ready} onClick={props.onAsk}>
            <span className={styles.product}>
              {picture ? (
                <img src={picture.url} alt="" width={THUMBNAIL_PX} height={THUMBNAIL_PX} />
              ) : (
                <MessageCircleQuestion size={24} aria-hidden="true" />
              )}
            </span>
            <span>
              <b>{t("askProduct")}</b>
              <small>{product.title}</small>
            </span>
          </button>
        )}
        <PhotoAction icon="file" ready={props.ready} onFiles={props.onFiles} />
        <PhotoAction icon="camera" ready={props.ready} onFiles={props.onFiles} />
      </div>
      <p className={styles.or}>{t("orWrite")}</p>
      <p className={styles.sees}>{t("seesTeam")}</p>
    </div>
  );
}

function PhotoAction(props: {
  readonly icon: "file" | "camera";
  readonly ready: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const t = useMessages<FrameKey>("frame");
  const camera = props.icon === "camera";
  const Icon = camera ? Camera : ImagePlus;
  return (
    <span className={styles.action} data-camera={camera}>
      <input
        type="file"
        accept={camera ? "image/*" : FILE_ACCEPT}
        // The back camera: she shows a thing, not herself.
        capture={camera ? "environment" : undefined}
        multiple={!camera}
        disabled={!props.ready}
        aria-label={t(camera ? "takePhoto" : "sendPhoto")}
        onChange={(event) => {
          const files = filesOf(event.target.files);
          if (files.length > 0) props.onFiles(files);
          event.target.value = "";
        }}
      />
      <span className={styles.icon} aria-hidden="true">
        <Icon size={24} />
      </span>
      <span aria-hidden="true">
        <b>{t(camera ? "takePhoto" : "sendPhoto")}</b>
        {!camera && <small>{t("sendPhotoHint")}</small>}
      </span>
    </span>
  );
}
