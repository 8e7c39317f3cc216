"use client";
import { Button } from "@/lib/ui/controls/button";
import type { CommonKey } from "@/lib/ui/messages/common";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { Dialog } from "./dialog";
import styles from "./dialog.module.css";

/** Asks before a conversation is ended for both. */
export function EndDialog(props: {
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const common = useMessages<CommonKey>("common");
  return (
    <Dialog title={t("endTitle", { name: props.name })} onClose={props.onClose} testId="end-dialog">
      <p>{t("endText")}</p>
      <div className={styles.buttons}>
        <Button onClick={props.onClose}>{common("cancel")}</Button>
        <Button look="danger" data-testid="end-confirm" onClick={props.onConfirm}>
          {t("endConfirm")}
        </Button>
      </div>
    </Dialog>
  );
}

const shortcuts: readonly { readonly key: DeskKey; readonly keys: readonly string[] }[] = [
  { key: "keyConversations", keys: ["Alt", "1 … 9"] },
  { key: "keyAccept", keys: ["Alt", "0"] },
  { key: "keyChat", keys: ["C"] },
  { key: "keyCatalogue", keys: ["/"] },
  { key: "keyShow", keys: ["Ctrl", "Enter"] },
  { key: "keyShowRecommend", keys: ["Ctrl", "Shift", "Enter"] },
  { key: "keyDrawer", keys: ["]"] },
  { key: "keyMove", keys: ["↑", "↓"] },
  { key: "keyTools", keys: ["A", "E", "P", "T", "H", "L"] },
  { key: "keyHelp", keys: ["?"] },
];

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useMessages<DeskKey>("desk");
  return (
    <Dialog title={t("shortcutsTitle")} onClose={onClose} testId="shortcuts">
      <dl className={styles.keys}>
        {shortcuts.map(({ key, keys }) => (
          <div key={key} className={styles.pair}>
            <dt>{t(key)}</dt>
            <dd>
              {keys.map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
