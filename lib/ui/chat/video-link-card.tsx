"use client";
/** A video on another site: nothing is asked of it before this reader wants to watch, and then by her browser alone. */
import Film from "lucide-react/icons/film";
import X from "lucide-react/icons/x";
import { useState } from "react";
import { videoSites } from "@/lib/protocol/video-sites";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import type { VideoLink } from "./video-link";
import styles from "./video-link-card.module.css";

export function VideoLinkCard({ link }: { readonly link: VideoLink }) {
  const t = useMessages<ChatKey>("chat");
  const [watching, setWatching] = useState(false);
  const { name } = videoSites[link.site];
  const title = t("videoOn", { site: name });
  return (
    <div className={styles.card} data-testid="video-link" data-watching={watching}>
      {watching ? (
        <iframe
          className={styles.video}
          src={link.embed}
          title={title}
          allow="autoplay; encrypted-media; fullscreen; picture-in-picture"
          // Without the site's own scripts and storage there is no player; it may not lead this page elsewhere.
          sandbox="allow-scripts allow-same-origin allow-popups allow-presentation"
          // They refuse to play for a page that does not say who it is.
          referrerPolicy="strict-origin"
        />
      ) : null}
      <div className={styles.words}>
        <Film size={20} aria-hidden="true" />
        <p>
          <strong>{title}</strong>
          <span>{watching ? t("videoAlone") : t("videoLearns", { site: name })}</span>
        </p>
        <button
          type="button"
          className={styles.button}
          aria-label={watching ? t("videoStop") : t("videoWatch", { site: name })}
          onClick={() => setWatching(!watching)}
        >
          {watching ? <X size={18} aria-hidden="true" /> : t("watchHere")}
        </button>
      </div>
    </div>
  );
}
