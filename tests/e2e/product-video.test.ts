/** A product's video on its whole way: named by a feed, fetched behind the import, chosen at the desk, watched by both. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { testPng } from "@/tests/support/catalogue";
import { H264, makeVideo } from "@/tests/support/videos";
import { waitForItem, waitForPicture, waitForShown } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  phone,
  say,
} from "./support/people";

const demo = inject("demo");

let browsers: readonly [Browser, Browser];
let folder: string;
let address = "";
const closers: (() => void)[] = [];
beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  folder = await mkdtemp(join(tmpdir(), "vetrina-films-"));
  const film = await makeVideo(join(folder, "film.mp4"), {
    picture: "testsrc2=s=640x360:r=25:d=20",
    sound: "sine=d=20",
    words: H264,
  });
  const files: Readonly<Record<string, readonly [string, Buffer]>> = {
    "/turban.png": ["image/png", await testPng("teal", 300, 400)],
    "/turban.mp4": ["video/mp4", await readFile(film)],
  };
  const server = createServer((request, response) => {
    const [type, bytes] = files[request.url ?? ""] ?? ["text/csv", Buffer.from(feed())];
    response.writeHead(200, { "content-type": type }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  address = `http://127.0.0.1:${bound && typeof bound === "object" ? bound.port : 0}`;
});
afterAll(async () => {
  await Promise.all(browsers?.map((browser) => browser.close()) ?? []);
  for (const close of closers) close();
  await rm(folder, { recursive: true, force: true });
});

const feed = () =>
  `id,title,price,image_link,video_link\nE2E-FILM,Filmed turban,10.00 EUR,${address}/turban.png,"${address}/turban.mp4,https://youtu.be/dQw4w9WgXcQ"\n`;

it("[CA157] [DK43] [PA60] a product's video comes with its feed, is chosen at the desk and plays for both", async () => {
  const admin = await openMember(browsers[1], demo, demo.admin, "/settings/catalogue/new");
  await admin.page.getByTestId("feed-url").fill(`${address}/feed.csv`);
  await admin.page.getByTestId("look").click();
  await admin.page.getByTestId("preview-row").first().waitFor();
  expect(await admin.page.getByTestId("preview-row").textContent()).toContain("1 video");
  await admin.page.getByTestId("start-import").click();
  await admin.page.waitForURL(/\/imports\//);
  await expect.poll(() => admin.page.getByTestId("pictures").textContent()).toContain("2 here");
  // The page on another site is named with a way out.
  expect(await admin.page.locator("main").textContent()).toContain("send its link in the chat");
  expect(admin.errors).toEqual([]);
  await admin.close();

  const agent = await openMember(browsers[1], demo, demo.agent);
  const shopper = await openShopper(browsers[0], demo.shopUrl, phone);
  await openFrame(shopper);
  await say(shopper.frame, "How do I tie it?");
  await acceptConversation(agent, await findWaiting(agent, "How do I tie it?"));
  await agent.page.getByTestId("catalogue-search").fill("Filmed turban");
  const tile = agent.page.getByTestId("product-card").filter({ hasText: "Filmed turban" }).first();
  await tile.getByTestId("more-pictures").click();
  await tile.getByRole("button", { name: "Video of Filmed turban (2)" }).click();
  const item = await waitForItem(shopper.frame);
  await waitForShown(agent.page, item);
  const places = [agent.page, shopper.frame] as const;
  const videos = places.map((place) => place.getByTestId("panel-video"));
  for (const video of videos)
    await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.readyState)).toBe(4);
  await shopper.frame.getByTestId("video-play").click();
  for (const video of videos)
    await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.currentTime)).toBeGreaterThan(1);

  // Its picture is one flip away, and the video one back.
  await agent.page.getByTestId("flip-next").click();
  const picture = await waitForItem(shopper.frame, item);
  await waitForPicture(shopper.frame);
  expect(await shopper.frame.getByTestId("panel-video").count()).toBe(0);
  await shopper.frame.getByTestId("flip-previous").click();
  await waitForItem(agent.page, picture);
  await agent.page.getByTestId("panel-video").waitFor();
  expect([shopper.errors, agent.errors]).toEqual([[], []]);
  await shopper.close();
  await agent.close();
});
