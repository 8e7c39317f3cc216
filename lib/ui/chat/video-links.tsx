"use client";
/** The videos that a message's links lead to. A chunk of its own: most conversations have no link at all. */
import { videoLinkOf } from "./video-link";
import { VideoLinkCard } from "./video-link-card";

/** A message full of links is a list to read, not a cinema. */
const MOST_VIDEOS = 2;

export default function VideoLinks({ hrefs }: { readonly hrefs: readonly string[] }) {
  const videos = hrefs.flatMap((href) => videoLinkOf(href) ?? []).slice(0, MOST_VIDEOS);
  const cards = new Map(videos.map((video) => [video.embed, video]));
  return [...cards].map(([embed, video]) => <VideoLinkCard key={embed} link={video} />);
}
