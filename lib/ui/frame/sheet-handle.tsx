import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronUp from "lucide-react/icons/chevron-up";
import { IconButton } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-sheet.module.css";
import { higher, lower, type Rest } from "./sheet-rest";
import type { useSheetDrag } from "./use-sheet-drag";

/** The sheet's upper edge: drag it, tap it, or use its buttons. At peek it says what was written last. */
export function SheetHandle(props: {
  readonly rest: Rest;
  readonly onRest: (rest: Rest) => void;
  readonly handlers: ReturnType<typeof useSheetDrag>["handlers"];
  readonly preview: string;
  readonly unread: number;
}) {
  const { rest, onRest } = props;
  const t = useMessages<FrameKey>("frame");
  return (
    <div className={styles.handle} {...props.handlers}>
      <span className={styles.grip} aria-hidden="true" />
      <span className={styles.preview}>
        {props.unread > 0 && <b className={styles.unread}>{props.unread}</b>}
        <span>{rest === "peek" && props.preview !== "" ? props.preview : t("sheet")}</span>
      </span>
      <IconButton label={t("sheetMore")} disabled={rest === "full"} onClick={() => onRest(higher(rest))}>
        <ChevronUp size={20} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("sheetLess")} disabled={rest === "peek"} onClick={() => onRest(lower(rest))}>
        <ChevronDown size={20} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
