import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-log.module.css";
import { splitLinks } from "./split-links";

/** A message's words. Painted as text; only http(s) addresses become links, and those learn nothing about us. */
export function MessageText({ text }: { readonly text: string }) {
  const t = useMessages<ChatKey>("chat");
  let offset = 0;
  return (
    <p className={styles.text}>
      {splitLinks(text).map((part) => {
        const key = offset;
        offset += part.text.length;
        if (part.kind === "text") return part.text;
        return (
          <a
            key={key}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title={t("opensNewTab")}
          >
            {part.text}
          </a>
        );
      })}
    </p>
  );
}
