import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./chat-log.module.css";
import { splitLinks } from "./split-links";
import { videoLinkOf } from "./video-link";
import { VideoLinkCard } from "./video-link-card";

/** A message full of links is a list to read, not a cinema. */
const MOST_VIDEOS = 2;

/** A message's words. Painted as text; only http(s) addresses become links, and those learn nothing about us. */
export function MessageText({ text }: { readonly text: string }) {
  const t = useMessages<ChatKey>("chat");
  const parts = splitLinks(text);
  const videos = parts.flatMap((part) => {
    const video = part.kind === "link" ? videoLinkOf(part.href) : null;
    return video ? [video] : [];
  });
  const cards = new Map(videos.slice(0, MOST_VIDEOS).map((video) => [video.embed, video]));
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
      {[...cards].map(([embed, video]) => (
        <VideoLinkCard key={embed} link={video} />
      ))}
    </>
  );
}
