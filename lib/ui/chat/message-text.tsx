import { lazy, Suspense } from "react";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-log.module.css";
import { splitLinks } from "./split-links";

/** Where the chunk does not come, the link in the words still leads there. */
const VideoLinks = lazy(() => import("./video-links").catch(() => ({ default: () => [] })));

/** A message's words. Painted as text; only http(s) addresses become links, and those learn nothing about us. */
export function MessageText({ text }: { readonly text: string }) {
  const t = useMessages<ChatKey>("chat");
  const parts = splitLinks(text);
  const hrefs = parts.flatMap((part) => (part.kind === "link" ? [part.href] : []));
  let offset = 0;
  return (
    <>
      <p className={styles.text}>
        {parts.map((part) => {
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
      {hrefs.length > 0 && (
        <Suspense fallback={null}>
          <VideoLinks hrefs={hrefs} />
        </Suspense>
      )}
    </>
  );
}
