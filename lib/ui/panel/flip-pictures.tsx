"use client";
/** The other pictures of the shown product, one click away at the stage's edges. */
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useState } from "react";
import styles from "./flip-pictures.module.css";
import { useNotice } from "./notices";
import {
  useComparison,
  useItem,
  usePanel,
  usePanelMessages,
  usePanelParts,
  useSnapshot,
} from "./panel-provider";
import { useResolved } from "./use-pictures";
import { useRoom } from "./use-room";

export function FlipPictures() {
  const panel = usePanel();
  const room = useRoom();
  const t = usePanelMessages();
  const item = useItem();
  const { rights } = useSnapshot();
  // Flipping shows another item to everybody, and so would end what is compared.
  const comparing = useComparison() !== null;
  const resolved = useResolved(item);
  const { say } = useNotice();
  const [busy, setBusy] = useState(false);
  usePanelParts();
  const count = resolved?.pictureIds.length ?? 0;
  if (!item?.productId || !resolved || count < 2 || comparing || !rights.show || !rights.draw) return null;
  const { productId } = item;
  const index = Math.max(0, resolved.pictureIds.indexOf(item.assetId));

  async function flip(by: 1 | -1) {
    setBusy(true);
    try {
      if (!panel.follow.get().together.get()) panel.follow.get().setTogether(true);
      await room.request({ type: "show-product", productId, pictureIndex: (index + by + count) % count });
    } catch {
      say(t("flipFailed"));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={styles.flip} data-panel-chrome="">
      <button
        type="button"
        aria-label={t("flipPrevious")}
        data-testid="flip-previous"
        disabled={busy}
        onClick={() => flip(-1)}
      >
        <ChevronLeft size={20} aria-hidden="true" />
      </button>
      <span>{t("flipPlace", { number: index + 1, count })}</span>
      <button
        type="button"
        aria-label={t("flipNext")}
        data-testid="flip-next"
        disabled={busy}
        onClick={() => flip(1)}
      >
        <ChevronRight size={20} aria-hidden="true" />
      </button>
    </div>
  );
}
