/** A shopper on a phone: the panel fills the screen, one finger draws or pans, two pinch, the page stays where it is. */
import type { Browser, CDPSession } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { PEEK_PX } from "@/lib/ui/frame/sheet-rest";
import { readStage, waitForItem, waitForMarks, waitForPicture, waitForShown } from "./support/panel";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Person,
  phone,
  type Shopper,
  say,
  showFirstProduct,
} from "./support/people";

const demo = inject("demo");

type Finger = { readonly x: number; readonly y: number };

/** Fingers on the glass through the browser's own input pipeline. */
async function touch(cdp: CDPSession, steps: readonly (readonly Finger[])[]): Promise<void> {
  for (const [index, fingers] of steps.entries()) {
    await cdp.send("Input.dispatchTouchEvent", {
      type: index === 0 ? "touchStart" : "touchMove",
      touchPoints: fingers.map((finger, id) => ({ ...finger, id })),
    });
  }
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** A photo as a phone writes it that is held upright: its pixels lie on their side, and a note says so. */
const heldUpright = () =>
  sharp({ create: { width: 1_200, height: 900, channels: 3, background: "salmon" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

const path = (from: Finger, to: Finger, count: number): Finger[] =>
  Array.from({ length: count + 1 }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / count,
    y: from.y + ((to.y - from.y) * step) / count,
  }));

describe("on a phone", () => {
  let shopperBrowser: Browser;
  let agentBrowser: Browser;
  let shopper: Shopper;
  let agent: Person;
  let cdp: CDPSession;
  beforeAll(async () => {
    [shopperBrowser, agentBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
    agent = await openMember(agentBrowser, demo, demo.agent);
    shopper = await openShopper(shopperBrowser, demo.shopUrl, phone);
    await openFrame(shopper);
    await say(shopper.frame, "I am on my phone");
    await accept(agent, "I am on my phone");
    await showFirstProduct(agent);
    await waitForItem(shopper.frame);
    cdp = await shopper.context.newCDPSession(shopper.page);
  });
  afterAll(async () => {
    await Promise.all([shopperBrowser?.close(), agentBrowser?.close()]);
  });

  async function stageCentre(): Promise<Finger & { width: number; height: number }> {
    const box = await shopper.frame.getByTestId("panel-stage").boundingBox();
    if (!box) throw new Error("the stage is not visible");
    return { x: box.x + box.width / 2, y: box.y + box.height / 3, width: box.width, height: box.height };
  }

  it("gives the picture the whole width", async () => {
    const { width } = await stageCentre();
    expect(width).toBeGreaterThanOrEqual(phone.viewport.width - 2);
  });

  it("draws with one finger when a drawing tool is chosen, without scrolling the page", async () => {
    await shopper.frame.getByTestId("tool-pen").tap();
    const centre = await stageCentre();
    const before = await shopper.page.evaluate(() => window.scrollY);
    await touch(
      cdp,
      path(centre, { x: centre.x + 60, y: centre.y + 80 }, 10).map((finger) => [finger]),
    );
    await waitForMarks(agent.page, 1);
    expect(await shopper.page.evaluate(() => window.scrollY)).toBe(before);
  });

  it("pinches with two fingers whatever the tool, and draws nothing by that", async () => {
    const centre = await stageCentre();
    const left = path({ x: centre.x - 30, y: centre.y }, { x: centre.x - 90, y: centre.y }, 10);
    const right = path({ x: centre.x + 30, y: centre.y }, { x: centre.x + 90, y: centre.y }, 10);
    await touch(
      cdp,
      left.map((finger, step) => [finger, right[step] ?? finger]),
    );
    await expect.poll(async () => (await readStage(shopper.frame)).zoom).toBeGreaterThan(1.5);
    expect((await readStage(shopper.frame)).marks).toBe(1);
  });

  it("has tools that a thumb can hit: 44 px or more", async () => {
    for (const id of ["tool-pan", "tool-arrow", "tool-pen", "undo", "zoom-in"]) {
      const box = await shopper.frame.getByTestId(id).boundingBox();
      expect(box, `${id} is visible`).not.toBeNull();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), id).toBeGreaterThanOrEqual(44);
    }
  });

  it("[FR19] has a photo on the panel of both by one tap on its camera", async () => {
    const before = (await readStage(shopper.frame)).item;
    const camera = shopper.frame.getByTestId("panel-camera");
    // For this type alone, with the back camera, phones open the camera and do not ask where a picture shall come from.
    expect([await camera.getAttribute("accept"), await camera.getAttribute("capture")]).toEqual([
      "image/*",
      "environment",
    ]);
    const opened = shopper.page.waitForEvent("filechooser");
    await camera.tap();
    const chooser = await opened;
    expect(chooser.isMultiple()).toBe(false);
    await chooser.setFiles({ name: "image.jpg", mimeType: "image/jpeg", buffer: await heldUpright() });

    const photo = await waitForItem(shopper.frame, before);
    await waitForShown(agent.page, photo);
    for (const place of [shopper.frame, agent.page]) {
      await waitForPicture(place);
      const thumbnail = place.locator(`[data-strip-item="${photo}"] img`);
      await expect
        .poll(() =>
          thumbnail.evaluate(
            ({ naturalWidth, naturalHeight }: HTMLImageElement) => naturalHeight / naturalWidth,
          ),
        )
        .toBeCloseTo(4 / 3, 1);
    }
    // Nothing is left to put away: the chat has made room, and the next photo is one tap away.
    const chat = shopper.frame.getByRole("region", { name: /^Chat with / });
    await expect.poll(async () => (await chat.boundingBox())?.height).toBe(PEEK_PX);
    expect(await shopper.frame.getByRole("list", { name: "Files being sent" }).count()).toBe(0);
    expect(await camera.isVisible()).toBe(true);
    expect(await agent.page.getByTestId("panel-camera").isVisible()).toBe(false);
  });

  it("[PA57] takes that photo off by one tap, on nothing but what is hers, and has it back by another", async () => {
    const { item } = await readStage(shopper.frame);
    const cross = shopper.frame.getByTestId("strip-take-off");
    await cross.waitFor();
    expect(await cross.count()).toBe(1);
    const box = await cross.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await cross.tap();
    for (const place of [shopper.frame, agent.page]) {
      await place.locator(`[data-strip-item="${item}"]`).waitFor({ state: "detached" });
      await expect.poll(() => place.getByTestId("strip-news").textContent()).toContain("was taken off");
    }
    await shopper.frame.getByTestId("take-off-undo").tap();
    for (const place of [shopper.frame, agent.page]) await waitForShown(place, item);
  });

  it("[DK47] lies there anew when the agent has taken it off and presses it in the chat", async () => {
    const { item } = await readStage(shopper.frame);
    const photo = agent.page.locator(`[data-strip-item="${item}"]`);
    await photo.press("Delete");
    await photo.waitFor({ state: "detached" });
    await waitForItem(shopper.frame, item);
    await agent.page
      .getByTestId("chat-log")
      .getByRole("button", { name: /^Photo from / })
      .last()
      .click();
    await expect
      .poll(async () => shopper.frame.locator("[data-strip-item]").count(), { timeout: 10_000 })
      .toBe(2);
    const again = (await readStage(shopper.frame)).item;
    expect(again).not.toBe(item);
    await waitForShown(agent.page, again);
  });

  it("never grows wider than the screen", async () => {
    const widths = await shopper.frame
      .locator("html")
      .evaluate((html) => [html.scrollWidth, html.clientWidth]);
    expect(widths[0]).toBe(widths[1]);
  });
});
