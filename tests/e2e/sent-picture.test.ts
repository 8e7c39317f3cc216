/** A picture with its marks is sent into the chat: it stays as it was, whatever becomes of the panel. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { drag, waitForItem, waitForMarks, waitForPicture, waitForShown } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  say,
} from "./support/people";

const demo = inject("demo");
/** Of what she sends. */
const [PAPER, SHAPE] = [
  { r: 240, g: 240, b: 240 },
  { width: 900, height: 600 },
] as const;

let browsers: readonly [Browser, Browser];
let folder: string;
beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  folder = await mkdtemp(join(tmpdir(), "vetrina-sent-"));
});
afterAll(async () => {
  await Promise.all(browsers?.map((browser) => browser.close()) ?? []);
  await rm(folder, { recursive: true, force: true });
});

const thumbnail = (place: Page | FrameLocator, name: string | RegExp) =>
  place.getByTestId("chat-log").getByRole("button", { name }).last();

/** Pixels of a thumbnail's picture that are none of the plain paper that she sent. */
async function drawnOn(place: Page | FrameLocator, name: string | RegExp): Promise<number> {
  const image = thumbnail(place, name).locator("img");
  await image.waitFor();
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const canvas = new OffscreenCanvas(element.naturalWidth, element.naturalHeight);
    const context = canvas.getContext("2d");
    context?.drawImage(element, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.abs((data[at + 2] ?? 0) - 240) > 60) count += 1;
    return count;
  });
}

async function sendIt(place: Page | FrameLocator): Promise<void> {
  await place.getByTestId("panel-save").click();
  await place.getByTestId("send-picture").click();
  await place.getByTestId("panel-live").getByText("Sent into the chat").waitFor();
}

it("[EX15] what either side sends both see with its marks, though they are erased, and though the item is gone", async () => {
  const agent = await openMember(browsers[1], demo, demo.agent);
  const shopper = await openShopper(browsers[0], demo.shopUrl);
  const { frame } = shopper;
  await openFrame(shopper);
  await say(frame, "Where would you take it in?");
  const conversation = await findWaiting(agent, "Where would you take it in?");
  await acceptConversation(agent, conversation);
  const path = join(folder, "plain.png");
  await sharp({ create: { ...SHAPE, channels: 3, background: PAPER } }).toFile(path);
  await frame.getByTestId("panel-upload").setInputFiles(path);
  const item = await waitForItem(frame);
  await waitForShown(agent.page, item);
  await waitForPicture(agent.page);
  await drag(agent.page, agent.page, "arrow", [0.4, 0.4], [0.6, 0.6]);
  await waitForMarks(frame, 1);

  await sendIt(agent.page);
  const hers = /^Picture with marks from /;
  const own = "Your picture with marks. Open it in the panel";
  expect(await drawnOn(agent.page, own)).toBeGreaterThan(50);
  expect(await drawnOn(frame, hers)).toBeGreaterThan(50);
  await agent.page.getByTestId("undo").click();
  await waitForMarks(frame, 0);
  await agent.page.reload();
  await agent.page.locator(`[data-testid="conversation-row"][data-conversation="${conversation}"]`).click();
  expect(await drawnOn(agent.page, own)).toBeGreaterThan(50);
  await waitForShown(agent.page, item);
  expect(await agent.page.getByTestId("strip-item").count()).toBe(1);

  // The other way.
  await drag(shopper.page, frame, "ellipse", [0.4, 0.3], [0.6, 0.5]);
  await waitForMarks(agent.page, 1);
  await sendIt(frame);
  expect(await drawnOn(agent.page, hers)).toBeGreaterThan(50);
  await agent.page.getByTestId("conversation-row").getByText("Picture with marks").waitFor();

  // While its item is there the message leads to it; then to what was kept.
  await agent.page.getByTestId("catalogue-search").click();
  const product = agent.page.getByTestId("product-card").filter({ has: agent.page.locator("img") });
  await product.first().getByTestId("show-on-panel").click();
  await waitForItem(agent.page, item);
  await thumbnail(frame, own).click();
  await waitForShown(agent.page, item);
  await agent.page.locator(`[data-strip-item="${item}"]`).press("Delete");
  await agent.page.getByTestId("take-off-yes").click();
  const other = await waitForItem(agent.page, item);
  await thumbnail(agent.page, hers).click();
  const kept = await waitForItem(agent.page, other);
  expect(kept).not.toBe(item);
  await waitForShown(frame, kept);
  await waitForPicture(agent.page);
  await waitForMarks(agent.page, 0);

  expect(shopper.errors).toEqual([]);
  expect(agent.errors).toEqual([]);
  await shopper.close();
  await agent.close();
});
