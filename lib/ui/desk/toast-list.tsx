import X from "lucide-react/icons/x";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./toast-list.module.css";
import type { Toasts } from "./use-toasts";

/** Short sentences above everything, read out as they come. */
export function ToastList({ toasts }: { readonly toasts: Toasts }) {
  const t = useMessages<DeskKey>("desk");
  return (
    <ol className={styles.toasts} aria-live="polite" aria-relevant="additions text">
      {toasts.list.map((toast) => (
        <li key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          <IconButton
            label={t(toast.cancel ? "cancelUpload" : "dismiss")}
            onClick={toast.cancel ?? (() => toasts.dismiss(toast.id))}
          >
            <X size={16} aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}
