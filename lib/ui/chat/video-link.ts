/** Links to videos on other sites: recognised by their form alone, nobody is asked (rule CH18). */
import { type VideoSite, videoSites } from "@/lib/protocol/video-sites";

export interface VideoLink {
  readonly site: VideoSite;
  /** Shown in a frame once the reader wants it: the site's host without cookies, told not to track. */
  readonly embed: string;
}

const youtubeHosts = new Set(["youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"]);
const vimeoHosts = new Set(["vimeo.com", "www.vimeo.com"]);
const youtubeId = /^[\w-]{11}$/;
const vimeoId = /^\d{1,12}$/;
const vimeoHash = /^[0-9a-f]{6,32}$/;

export function videoLinkOf(href: string): VideoLink | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return youtubeLink(url) ?? vimeoLink(url);
}

function youtubeLink(url: URL): VideoLink | null {
  const [first = "", second = ""] = pathOf(url);
  const short = url.hostname === "youtu.be" ? first : null;
  const named = ["shorts", "live", "embed"].includes(first) ? second : null;
  const long = first === "watch" ? url.searchParams.get("v") : named;
  const id = short ?? (youtubeHosts.has(url.hostname) ? long : null);
  if (id === null || !youtubeId.test(id)) return null;
  const start = /^(\d{1,5})s?$/.exec(url.searchParams.get("t") ?? url.searchParams.get("start") ?? "")?.[1];
  const query = new URLSearchParams({ autoplay: "1", rel: "0", ...(start ? { start } : {}) });
  return { site: "youtube", embed: `${videoSites.youtube.origin}/embed/${id}?${query}` };
}

function vimeoLink(url: URL): VideoLink | null {
  const path = pathOf(url);
  const isPlayer = url.hostname === "player.vimeo.com" && path[0] === "video";
  if (!isPlayer && !vimeoHosts.has(url.hostname)) return null;
  const [id = "", second] = isPlayer ? path.slice(1) : path;
  if (!vimeoId.test(id)) return null;
  // Videos that are not listed open by their hash only.
  const hash = second ?? url.searchParams.get("h") ?? "";
  const h = vimeoHash.test(hash) ? { h: hash } : {};
  const query = new URLSearchParams({ dnt: "1", autoplay: "1", ...h });
  return { site: "vimeo", embed: `${videoSites.vimeo.origin}/video/${id}?${query}` };
}

const pathOf = (url: URL): string[] => url.pathname.split("/").filter(Boolean);
