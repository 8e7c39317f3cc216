import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { videoSiteOrigins } from "@/lib/protocol/video-sites";
import { videoLinkOf } from "./video-link";

describe("links to videos", () => {
  it.each([
    ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x", "/embed/dQw4w9WgXcQ?autoplay=1&rel=0"],
    ["https://youtu.be/dQw4w9WgXcQ?t=42s", "/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=42"],
    ["http://m.youtube.com/shorts/dQw4w9WgXcQ", "/embed/dQw4w9WgXcQ?autoplay=1&rel=0"],
    ["https://vimeo.com/76979871", "/video/76979871?dnt=1&autoplay=1"],
    ["https://vimeo.com/76979871/abcdef0123", "/video/76979871?dnt=1&autoplay=1&h=abcdef0123"],
    ["https://player.vimeo.com/video/76979871?h=abcdef0123", "/video/76979871?dnt=1&autoplay=1&h=abcdef0123"],
  ])("[CH18] %s is known by its form", (href, embed) => {
    expect(videoLinkOf(href)?.embed.replace(/^https:\/\/[^/]+/, "")).toBe(embed);
  });

  it.each([
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/@somebody",
    "https://www.youtube.com/watch?v=../../evil",
    "https://vimeo.com/about",
    "https://shop.example/watch?v=dQw4w9WgXcQ",
    "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
    "",
  ])("[CH18] %s stays a link", (href) => {
    expect(videoLinkOf(href)).toBeNull();
  });

  it("[CH18] whatever the address, only the two hosts are ever embedded", () => {
    const hosts = fc.constantFrom(
      "youtu.be",
      "www.youtube.com",
      "vimeo.com",
      "player.vimeo.com",
      "a.example",
    );
    fc.assert(
      fc.property(hosts, fc.webPath(), fc.webQueryParameters(), (host, path, query) => {
        const link = videoLinkOf(`https://${host}${path}?${query}`);
        if (link) expect(videoSiteOrigins).toContain(new URL(link.embed).origin);
      }),
      { numRuns: 2_000 },
    );
  });
});
