import FileText from "lucide-react/icons/file-text";
import Play from "lucide-react/icons/play";
import type { MessageBody } from "@/lib/protocol/chat";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-card.module.css";
import { ItemPicture } from "./item-picture";
import type { ResolveItem } from "./item-resolver";
import type { LogActions } from "./log-actions";

/** Longest side of a thumbnail in the log, CSS pixels. */
const THUMBNAIL_PX = 200;
/** Thinner or wider pictures are cropped to this: a panorama must not become a line. */
const WIDEST = 2;

const labels = {
  picture: { own: "photoOwn", by: "photoBy" },
  video: { own: "videoOwn", by: "videoBy" },
  paper: { own: "paperOwn", by: "paperBy" },
  page: { own: "frozenOwn", by: "frozenBy" },
  marked: { own: "markedOwn", by: "markedBy" },
} as const;

/** A photo, video, paper, frozen page or picture with its marks that somebody sent; pressing it brings it up on the panel. */
export function PictureMessage(props: {
  readonly body: Extract<MessageBody, { kind: "picture" }>;
  readonly name: string;
  readonly own: boolean;
  /** How often something was uncovered in this conversation. */
  readonly uncovered: number;
  readonly resolveItem: ResolveItem;
  readonly actions: LogActions;
}) {
  const t = useMessages<ChatKey>("chat");
  const { body, actions } = props;
  const { what = "picture", pages } = body;
  const label = labels[body.marked ? "marked" : what];
  const ratio = Math.min(WIDEST, Math.max(1 / WIDEST, body.width / Math.max(1, body.height)));
  const width = Math.round(ratio >= 1 ? THUMBNAIL_PX : THUMBNAIL_PX * ratio);
  const thumbnail = (
    <button
      type="button"
      className={styles.thumbnail}
      aria-label={t(props.own ? label.own : label.by, { name: props.name })}
      ref={(element) => {
        element?.style.setProperty("--thumbnail-ratio", String(ratio));
        element?.style.setProperty("--thumbnail-width", `${width}px`);
      }}
      onClick={() => actions.openItem?.(body.itemId, body.assetId)}
    >
      <ItemPicture
        reference={{ assetId: body.assetId, productId: null }}
        resolveItem={props.resolveItem}
        cssPixels={THUMBNAIL_PX}
        alt=""
        noPicture={t("noPicture")}
        covered={t("covered")}
        uncovered={props.uncovered}
      />
      {what === "video" && (
        <span className={styles.what}>
          <Play size={20} aria-hidden="true" />
        </span>
      )}
      {pages && (
        <span className={styles.what}>
          <FileText size={16} aria-hidden="true" />
          {t("pages", { count: pages })}
        </span>
      )}
    </button>
  );
  if (what === "page") {
    return (
      <>
        {thumbnail}
        <p className={styles.hint}>
          {body.title ? t("frozenTitle", { title: body.title }) : t("frozenUntitled")}
        </p>
      </>
    );
  }
  if (!pages || !body.of) return thumbnail;
  return (
    <>
      {thumbnail}
      <p className={styles.hint}>
        {t("pagesRead", { count: pages, all: body.of })} {t(props.own ? "pagesLostOwn" : "pagesLost")}
      </p>
    </>
  );
}
