import Check from "lucide-react/icons/check";
import CheckCheck from "lucide-react/icons/check-check";
import CircleAlert from "lucide-react/icons/circle-exclamation-point";
import Clock from "lucide-react/icons/clock";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-log.module.css";
import type { Tick } from "./tick-of";

const words = {
  pending: "tickPending",
  failed: "tickFailed",
  sent: "tickSent",
  delivered: "tickDelivered",
  seen: "tickSeen",
} as const;
const icons = {
  pending: Clock,
  failed: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  seen: CheckCheck,
} as const;

/** How far the message got: the shape says it, the colour only underlines. */
export function TickMark({ tick }: { readonly tick: Tick }) {
  const t = useMessages<ChatKey>("chat");
  const Icon = icons[tick];
  return (
    <span
      className={styles.tick}
      data-tick={tick}
      role="img"
      aria-label={t(words[tick])}
      title={t(words[tick])}
    >
      <Icon size={14} aria-hidden="true" />
    </span>
  );
}
