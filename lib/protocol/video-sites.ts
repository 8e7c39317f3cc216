/** Sites whose videos may be watched inside a chat, and the one host of each that we ever embed. */

export const videoSites = {
  youtube: { name: "YouTube", origin: "https://www.youtube-nocookie.com" },
  vimeo: { name: "Vimeo", origin: "https://player.vimeo.com" },
} as const;
export type VideoSite = keyof typeof videoSites;

export const videoSiteOrigins: readonly string[] = Object.values(videoSites).map(({ origin }) => origin);
