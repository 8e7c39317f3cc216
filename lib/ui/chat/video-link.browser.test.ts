import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aMessage, anna, maria } from "./messages.fixture";
import { type Harness, openHarness } from "./open-harness.fixture";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("lib/ui/chat/chat-harness.page.tsx");
});
afterAll(() => harness.close());

const people = {
  you: maria,
  participants: [
    { participantId: maria, role: "customer", name: "Guest 1", color: 0 },
    { participantId: anna, role: "agent", name: "Anna", color: 1 },
  ],
} as const;

it.each([
  ["YouTube", "https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"],
  ["Vimeo", "https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"],
])(
  "[CH19] %s hears nothing before the reader wants to watch, and nothing more after",
  async (site, link, embed) => {
    const page: Page = await harness.open();
    const outside: string[] = [];
    // Answered here: no test asks a stranger.
    await page.route("**/*", (route) => {
      const url = route.request().url();
      if (url.startsWith(harness.address)) return route.continue();
      outside.push(url);
      return route.fulfill({ contentType: "text/html", body: "<p>player</p>" });
    });
    await page.evaluate((value) => window.drive(value), {
      ...people,
      messages: [
        aMessage({ seq: 1, participantId: anna, body: { kind: "text", text: `How it folds: ${link}` } }),
      ],
    });
    const card = page.getByTestId("video-link");
    await card.getByText(`${site} learns that you watch it`).waitFor();
    expect(await page.locator("iframe, img").count()).toBe(0);
    await card.getByRole("button", { name: `Watch here, on ${site}` }).hover();
    expect(outside).toEqual([]);
    await card.getByRole("button").click();
    await page.frameLocator("iframe").getByText("player").waitFor();
    expect(outside).toHaveLength(1);
    expect(outside[0]).toContain(embed);
    await card.getByText("Only you see it here").waitFor();
    await card.getByRole("button", { name: "Close the video" }).click();
    expect(await page.locator("iframe").count()).toBe(0);
    await page.close();
  },
);
