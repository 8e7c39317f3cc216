/** Files of all kinds on their way from one person to the other, through the whole product. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { resolvedItemSchema } from "@/lib/protocol/http";
import { makePaper } from "@/tests/support/papers";
import { makeVideo } from "@/tests/support/videos";
import { drag, waitForItem, waitForMarks, waitForPicture, waitForShown } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Person,
  phone,
  type Shopper,
  say,
} from "./support/people";

const demo = inject("demo");
/** Bytes a second of a phone's line, so that there is time for it to go away. */
const SLOW_BYTES_PER_SECOND = 1_500_000;

let browsers: readonly [Browser, Browser];
let folder: string;
beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  folder = await mkdtemp(join(tmpdir(), "vetrina-files-"));
});
afterAll(async () => {
  await Promise.all(browsers?.map((browser) => browser.close()) ?? []);
  await rm(folder, { recursive: true, force: true });
});

/** A shopper on her phone in a conversation that an agent has taken. */
async function meet(words: string): Promise<{ shopper: Shopper; agent: Person }> {
  const agent = await openMember(browsers[1], demo, demo.agent);
  const shopper = await openShopper(browsers[0], demo.shopUrl, phone);
  await openFrame(shopper);
  await say(shopper.frame, words);
  await acceptConversation(agent, await findWaiting(agent, words));
  return { shopper, agent };
}

async function part({ shopper, agent }: { shopper: Shopper; agent: Person }): Promise<void> {
  expect(shopper.errors).toEqual([]);
  expect(agent.errors).toEqual([]);
  await shopper.close();
  await agent.close();
}

const send = ({ frame }: Shopper, path: string) => frame.getByTestId("panel-upload").setInputFiles(path);

/** What a browser tells a page of a file from the desktop, or from another program's clipboard. */
const hand = (at: Locator, by: "drop" | "paste", bytes: Buffer) =>
  at.evaluate(
    (element, { by, base64 }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], "photo.png", { type: "image/png" }));
      const options = { bubbles: true, cancelable: true };
      const events =
        by === "paste"
          ? [new ClipboardEvent("paste", { ...options, clipboardData: data })]
          : ["dragenter", "dragover", "drop"].map(
              (type) => new DragEvent(type, { ...options, dataTransfer: data }),
            );
      for (const event of events) element.dispatchEvent(event);
    },
    { by, base64: bytes.toString("base64") },
  );

/** Longest sides, pixels, of the largest sizes that a page is told of, as they come. */
function toldSizes({ page }: Person): readonly number[] {
  const told: number[] = [];
  page.on("response", async (response) => {
    if (!/\/items\/asset\//.test(response.url())) return;
    // A page that is loaded anew, or closed, takes along what it was told.
    const body: unknown = await response.json().catch(() => null);
    if (body !== null) told.push(resolvedItemSchema.parse(body).sizes.at(-1)?.longest ?? 0);
  });
  return told;
}

describe("files from a phone", () => {
  it("a video is shown on both sides, and the chat says what it is", async () => {
    const both = await meet("This is how it rattles.");
    const { shopper, agent } = both;
    await send(shopper, await makeVideo(join(folder, "rattle.mp4")));
    const item = await waitForItem(shopper.frame);
    await waitForShown(agent.page, item);
    await agent.page
      .getByTestId("chat-log")
      .getByRole("button", { name: /^Video from / })
      .waitFor();
    await part(both);
  });

  it("a video plays for both, stops where the agent draws, and its dot leads back", async () => {
    const both = await meet("You can hear it here.");
    const { shopper, agent } = both;
    const picture = "testsrc2=s=640x360:r=25:d=20";
    await send(shopper, await makeVideo(join(folder, "sound.mp4"), { picture, sound: "sine=d=20" }));
    const item = await waitForItem(shopper.frame);
    await waitForShown(agent.page, item);
    const places = [agent.page, shopper.frame] as const;
    const video = (place: (typeof places)[number]) => place.getByTestId("panel-video");
    /** Milliseconds into it, on either side, and whether it stands. */
    const watch = () =>
      Promise.all(
        places.map((place) =>
          video(place).evaluate((element: HTMLVideoElement) => ({
            at: element.currentTime * 1_000,
            paused: element.paused,
            // When that was, so that the second question does not count as drift.
            asked: performance.timeOrigin + performance.now(),
          })),
        ),
      );
    for (const place of places)
      await expect.poll(() => video(place).evaluate((one: HTMLVideoElement) => one.readyState)).toBe(4);

    await shopper.frame.getByTestId("video-play").click();
    await expect.poll(async () => (await watch()).every(({ at }) => at > 2_000)).toBe(true);
    const apart: number[] = [];
    for (let time = 0; time < 9; time++) {
      const [one, other] = await watch();
      if (one && other) apart.push(Math.abs(one.at - one.asked - (other.at - other.asked)));
    }
    expect(apart.sort((a, b) => a - b)[4], apart.join(" ")).toBeLessThan(150);

    await drag(agent.page, agent.page, "arrow", [0.4, 0.4], [0.5, 0.5]);
    await waitForMarks(shopper.frame, 1);
    const stands = (where: number) =>
      expect
        .poll(async () => (await watch()).every(({ at, paused }) => paused && Math.abs(at - where) < 5))
        .toBe(true);
    await expect.poll(async () => (await watch()).every(({ paused }) => paused)).toBe(true);
    const drawn = (await watch())[0]?.at ?? Number.NaN;
    await stands(drawn);
    await shopper.frame.getByTestId("video-play").click();
    await waitForMarks(shopper.frame, 0);
    await shopper.frame.getByTestId("video-dot").click();
    await waitForMarks(agent.page, 1);
    await stands(drawn);
    await part(both);
  });

  it("a paper's pages stand in the strip, its first one is shown, and each can be drawn on", async () => {
    const both = await meet("Here is the care label.");
    const { shopper, agent } = both;
    const path = join(folder, "label.pdf");
    await writeFile(
      path,
      await makePaper({}, (paper) => {
        paper.text("Wash at 30 degrees").addPage().text("Do not iron").addPage().text("Made with care");
      }),
    );
    await send(shopper, path);
    const item = await waitForItem(shopper.frame);
    await waitForShown(agent.page, item);
    await expect.poll(() => agent.page.getByTestId("strip-item").count()).toBe(3);
    const first = agent.page.getByTestId("strip-item").first();
    expect(await first.getAttribute("data-item")).toBe(item);
    expect(await first.getAttribute("aria-label")).toContain("Page 1 of 3");
    await agent.page.getByTestId("page-next").click();
    const second = (await agent.page.getByTestId("strip-item").nth(1).getAttribute("data-item")) ?? "";
    await waitForShown(shopper.frame, second);
    await waitForPicture(agent.page);
    await drag(agent.page, agent.page, "arrow", [0.4, 0.4], [0.5, 0.5]);
    await waitForMarks(shopper.frame, 1);
    await part(both);
  });

  it("a large photo over a line that goes away is gone on with, and the agent sees it coming", async () => {
    const both = await meet("A large one is coming.");
    const { shopper, agent } = both;
    const path = join(folder, "large.png");
    const [width, height] = [2_400, 2_000];
    // Noise does not compress: about 14 MB, three parts.
    await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 0 })
      .toFile(path);
    const begun: string[] = [];
    shopper.page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/uploads")) begun.push(request.url());
    });
    const line = await shopper.context.newCDPSession(shopper.page);
    await line.send("Network.enable");
    const conditions = { latency: 20, downloadThroughput: -1, uploadThroughput: SLOW_BYTES_PER_SECOND };
    await line.send("Network.emulateNetworkConditions", { offline: false, ...conditions });
    await send(shopper, path);
    const coming = agent.page.getByTestId("chat-sending");
    await coming.waitFor();
    expect(await coming.textContent()).toContain("is sending a photo");
    await expect
      .poll(async () => Number(await coming.locator("progress").getAttribute("value")))
      .toBeGreaterThan(20);

    await line.send("Network.emulateNetworkConditions", { ...conditions, offline: true });
    await shopper.frame.getByRole("progressbar").waitFor();
    await line.send("Network.emulateNetworkConditions", {
      offline: false,
      ...conditions,
      uploadThroughput: -1,
    });
    const item = await waitForItem(shopper.frame);
    await waitForShown(agent.page, item);
    await waitForPicture(agent.page);
    // Gone on with, not begun again.
    expect(begun).toHaveLength(1);
    await coming.waitFor({ state: "detached" });
    await part(both);
  });

  it("[DK48] [CH15] what is dropped, dragged or pasted comes onto the panel, from either side", async () => {
    const both = await meet("Which of these two?");
    const { shopper, agent } = both;
    const png = (background: string) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const stage = agent.page.getByTestId("panel-stage");
    // She has come in, and may put something there.
    await agent.page.getByTestId("chat-log").getByText("Which of these two?").waitFor();
    const shown = [""];
    const arrives = async (there: Person["page"] | Shopper["frame"]) => {
      shown.push(await waitForItem(there, shown.at(-1)));
    };
    await hand(stage, "drop", await png("salmon"));
    await arrives(shopper.frame);
    await hand(agent.page.locator("body"), "paste", await png("plum"));
    await arrives(shopper.frame);
    await agent.page.getByTestId("catalogue-search").fill("dress");
    await agent.page.getByTestId("product-card").first().dragTo(stage);
    await arrives(shopper.frame);
    await hand(shopper.frame.getByTestId("panel-stage"), "drop", await png("teal"));
    await arrives(agent.page);
    await hand(shopper.frame.locator("body"), "paste", await png("olive"));
    await arrives(agent.page);
    expect(new Set(shown).size).toBe(6);
    await part(both);
  });

  it("[DK9] an agent ends a file that is on its way, and it comes nowhere", async () => {
    const both = await meet("Do you have the size chart?");
    const { shopper, agent } = both;
    const path = join(folder, "chart.png");
    // Noise does not shrink: some megabytes, so that there is time to end it.
    const side = 1_500;
    const noise = { raw: { width: side, height: side, channels: 3 } } as const;
    await writeFile(
      path,
      await sharp(randomBytes(side * side * 3), noise)
        .png()
        .toBuffer(),
    );
    const line = await agent.context.newCDPSession(agent.page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", {
      ...{ offline: false, latency: 20, downloadThroughput: -1 },
      uploadThroughput: SLOW_BYTES_PER_SECOND / 3,
    });
    await agent.page.getByTestId("panel-upload").setInputFiles(path);
    await shopper.frame.getByTestId("chat-sending").waitFor();
    await agent.page.getByRole("button", { name: "Cancel sending" }).click();
    await shopper.frame.getByTestId("chat-sending").waitFor({ state: "detached" });
    // What is sent next is the first that arrives.
    const small = join(folder, "small.png");
    await sharp({ create: { width: 40, height: 30, channels: 3, background: "salmon" } })
      .png()
      .toFile(small);
    await agent.page.getByTestId("panel-upload").setInputFiles(small);
    await waitForShown(shopper.frame, await waitForItem(agent.page));
    expect(await shopper.frame.getByTestId("strip-item").count()).toBe(1);
    await part(both);
  });

  it("[ME83] a photo is complete on both sides when its sender's page is loaded anew at its first pixels", async () => {
    const both = await meet("The whole dress, from near.");
    const { shopper, agent } = both;
    const path = join(folder, "dress.jpg");
    const [width, height] = [4_000, 3_000];
    // Grain, so that its larger sizes take a while.
    await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 70 })
      .toFile(path);
    const theirs = toldSizes(agent);
    await send(shopper, path);
    const item = await waitForItem(shopper.frame);
    const hers = toldSizes(shopper);
    await shopper.page.reload();
    await shopper.frame.getByTestId("chat-input").waitFor();
    for (const place of [shopper.frame, agent.page]) {
      await waitForShown(place, item);
      await waitForPicture(place);
    }
    // How much of that a stage needs depends on its pixels (tests/panel/large).
    await expect.poll(() => hers.at(-1), { timeout: 60_000 }).toBe(width);
    await expect.poll(() => theirs.at(-1), { timeout: 60_000 }).toBe(width);
    await part(both);
  });

  it("a file that is none of these is refused in words, and can be dismissed", async () => {
    const both = await meet("Wait, a file.");
    const { shopper } = both;
    const path = join(folder, "broken.pdf");
    await writeFile(path, "%PDF-1.7\nnothing");
    await send(shopper, path);
    const alert = shopper.frame.getByRole("alert").filter({ hasText: "PDF" });
    await alert.waitFor();
    await shopper.frame.getByRole("button", { name: "Remove" }).click();
    await alert.waitFor({ state: "detached" });
    await part(both);
  });
});

it("a photo is covered for the agent where the shop wants it, until she asks; the customer is told", async () => {
  const admin = await openMember(browsers[1], demo, demo.admin, "/settings");
  const cover = async (on: boolean) => {
    await admin.page.getByTestId("cover-photos").setChecked(on);
    await admin.page.getByTestId("save-shop").click();
    await admin.page.getByTestId("shop-saved").waitFor();
  };
  await cover(true);
  try {
    const both = await meet("Please have a look.");
    const { shopper, agent } = both;
    const path = join(folder, "private.png");
    await sharp({ create: { width: 800, height: 600, channels: 3, background: "salmon" } }).toFile(path);
    await send(shopper, path);
    const item = await waitForItem(shopper.frame);
    await waitForPicture(shopper.frame);
    await waitForShown(agent.page, item);
    const covered = agent.page.getByTestId("panel-covered");
    await covered.waitFor();
    expect(await agent.page.locator('[data-testid="panel-stage"] img').count()).toBe(0);

    await agent.page.getByTestId("panel-uncover").click();
    await waitForPicture(agent.page);
    await covered.waitFor({ state: "detached" });
    await shopper.frame.getByTestId("chat-log").getByText("opened what was covered").waitFor();
    await part(both);
  } finally {
    await cover(false);
    await admin.close();
  }
});
