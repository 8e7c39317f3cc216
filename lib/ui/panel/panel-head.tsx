"use client";
/** The line above the stage: the strip, looking together or alone, the way out. */
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import X from "lucide-react/icons/x";
import { useCell } from "./cell";
import { CompareButton } from "./compare-button";
import styles from "./panel-head.module.css";
import { usePanel, usePanelMessages, useTogether } from "./panel-provider";
import { SaveMenu } from "./save-menu";
import { Strip } from "./strip";
import { StripNewsLine } from "./strip-news";

export function PanelHead({ onClose }: { readonly onClose?: (() => void) | undefined }) {
  const panel = usePanel();
  const t = usePanelMessages();
  const follow = useCell(panel.follow);
  const together = useTogether();
  return (
    <div className={styles.head}>
      <Strip />
      <StripNewsLine />
      <CompareButton />
      <button
        type="button"
        className={styles.follow}
        data-testid="follow"
        aria-pressed={together}
        aria-keyshortcuts="F"
        aria-label={t("followOn")}
        title={`${t("followHint")} (F)`}
        onClick={() => follow.setTogether(!together)}
      >
        {together ? <Eye size={18} aria-hidden="true" /> : <EyeOff size={18} aria-hidden="true" />}
        <span aria-hidden="true">{together ? t("followOn") : t("followOff")}</span>
      </button>
      <SaveMenu />
      {onClose ? (
        <button
          type="button"
          className={styles.close}
          data-testid="panel-close"
          aria-label={t("close")}
          title={t("close")}
          onClick={onClose}
        >
          <X size={20} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  );
}
