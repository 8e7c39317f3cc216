import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, drag, openBench, openPanelPage, type PanelPage, type Side } from "./open-harness";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Milliseconds between two people's videos on a good line. */
const TOGETHER_MS = 150;

interface Watched {
  /** Milliseconds into the video, by side. */
  readonly at: readonly number[];
  readonly paused: readonly boolean[];
  readonly rate: readonly number[];
}

const watch = ({ page }: PanelPage): Promise<Watched> =>
  page.evaluate(() => {
    const videos = [...document.querySelectorAll("video")];
    return {
      at: videos.map((video) => video.currentTime * 1_000),
      paused: videos.map((video) => video.paused),
      rate: videos.map((video) => video.playbackRate),
    };
  });

/** Pixels of settled marks that are painted there. */
const ink = ({ root }: Side): Promise<number> =>
  root.locator("[data-panel-settled] canvas").evaluateAll((canvases) =>
    canvases.reduce((sum, canvas) => {
      if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0 || canvas.style.display === "none")
        return sum;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return sum + pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
    }, 0),
  );
const button = (side: Side, name: string) => side.root.locator(`[data-testid=video-${name}]`);
const apart = ({ at: [one = 0, other = 0] }: Watched) => Math.abs(one - other);
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Two people before a video that can be played. */
async function openVideo(options: Parameters<typeof openPanelPage>[1] = {}): Promise<PanelPage> {
  const opened = await openPanelPage(bench, { ...options, show: 0 });
  await opened.call("show", 8);
  await opened.page.waitForFunction(
    () => [...document.querySelectorAll("video")].filter((video) => video.readyState === 4).length === 2,
  );
  return opened;
}

async function running(opened: PanelPage, from = 0): Promise<void> {
  await expect
    .poll(async () => (await watch(opened)).at.every((at) => at > from + 500), { timeout: 10_000 })
    .toBe(true);
}

/** How far apart, each time another tenth of a second or more has been played. */
async function measure(opened: PanelPage, times: number): Promise<number[]> {
  const found: number[] = [];
  for (let last = -1; found.length < times; ) {
    const seen = await watch(opened);
    const [at = 0] = seen.at;
    if (at < last + 100) continue;
    last = at;
    found.push(apart(seen));
  }
  return found;
}

const standsAt = (opened: PanelPage, milliseconds: number) =>
  expect
    .poll(
      async () => {
        const { at, paused } = await watch(opened);
        return paused.every(Boolean) && at.every((each) => Math.abs(each - milliseconds) < 5);
      },
      { timeout: 10_000 },
    )
    .toBe(true);

describe("a video, together", () => {
  it("[PA44] plays at the same place for both, and speed, place and pause are shared", async () => {
    const opened = await openVideo();
    const [anna, guest] = [opened.side(0), opened.side(1)];
    await button(anna, "play").click();
    await running(opened);
    const apartBy = await measure(opened, 11);
    expect(median(apartBy), apartBy.join(" ")).toBeLessThan(TOGETHER_MS);
    await button(guest, "rate").selectOption("2");
    await expect
      .poll(async () => (await watch(opened)).rate.every((rate) => rate > 1.7), { timeout: 10_000 })
      .toBe(true);
    expect(await button(anna, "rate").inputValue()).toBe("2");
    const faster = await measure(opened, 11);
    expect(median(faster), faster.join(" ")).toBeLessThan(TOGETHER_MS);
    await button(guest, "play").click();
    await expect.poll(async () => (await watch(opened)).paused, { timeout: 10_000 }).toEqual([true, true]);
    await expect.poll(async () => apart(await watch(opened)) < 5, { timeout: 10_000 }).toBe(true);
    await opened.page.close();
  });

  it("[PA44] who comes late is at the right place", async () => {
    const opened = await openVideo();
    await button(opened.side(0), "play").click();
    await running(opened);
    const joined: number[] = [];
    for (let time = 0; time < 3; time++) {
      await opened.call("setThere", 1, false);
      await running(opened, (await watch(opened)).at[0]);
      await opened.call("setThere", 1, true);
      await expect
        .poll(async () => (await watch(opened)).paused[1] === false, { timeout: 10_000 })
        .toBe(true);
      joined.push(...(await measure(opened, 5)));
    }
    expect(median(joined), joined.join(" ")).toBeLessThan(TOGETHER_MS);
    await opened.page.close();
  });

  it("[PA44] [PA47] sound is one's own", async () => {
    const opened = await openVideo();
    await button(opened.side(0), "sound").click();
    const muted = () =>
      opened.page.evaluate(() => [...document.querySelectorAll("video")].map((v) => v.muted));
    await expect.poll(muted).toEqual([true, false]);
    await opened.page.close();
  });

  it("[PA45] drawing pauses it for all; the mark is seen at its moment, and its dot leads all back", async () => {
    const opened = await openVideo();
    const [anna, guest] = [opened.side(0), opened.side(1)];
    await anna.tool("arrow");
    await button(guest, "play").click();
    await running(opened);
    await drag(opened.page, anna, [150, 300], [300, 400]);
    await guest.holds("data-marks", "1");
    const [mark] = Object.values(await opened.call("marks", 1));
    const moment = mark?.moment ?? Number.NaN;
    expect(moment).toBeGreaterThan(500);
    await standsAt(opened, moment);
    // Played on, it passes out of sight for both.
    await button(guest, "play").click();
    await anna.holds("data-marks", "0");
    await guest.holds("data-marks", "0");
    for (const side of [anna, guest]) await expect.poll(() => ink(side), { timeout: 10_000 }).toBe(0);
    await button(guest, "dot").click();
    await standsAt(opened, moment);
    await anna.holds("data-marks", "1");
    await guest.holds("data-marks", "1");
    for (const side of [anna, guest])
      await expect.poll(() => ink(side), { timeout: 10_000 }).toBeGreaterThan(100);
    expect(await button(guest, "dot").getAttribute("aria-label")).toMatch(/^Arrow by Anna at 0:0\d$/);
    expect(await button(anna, "dot").getAttribute("aria-label")).toMatch(/^Arrow by you at 0:0\d$/);
    await opened.page.close();
  });

  it("[PA45] taking a drawing tool pauses it, and what is not seen is not erased", async () => {
    const opened = await openVideo();
    const [anna, guest] = [opened.side(0), opened.side(1)];
    await anna.tool("rect");
    await drag(opened.page, anna, [150, 300], [300, 400]);
    await guest.holds("data-marks", "1");
    await button(guest, "play").click();
    await guest.holds("data-marks", "0");
    await anna.tool("eraser");
    await expect.poll(async () => (await watch(opened)).paused, { timeout: 10_000 }).toEqual([true, true]);
    await drag(opened.page, anna, [146, 350], [310, 350]);
    expect(Object.keys(await opened.call("marks", 1))).toHaveLength(1);
    await button(anna, "dot").click();
    await anna.holds("data-marks", "1");
    await drag(opened.page, anna, [146, 350], [310, 350]);
    await guest.holds("data-marks", "0");
    expect(Object.keys(await opened.call("marks", 1))).toHaveLength(0);
    await opened.page.close();
  });

  it("[PA46] alone, or locked, one plays for oneself; looking together leads back", async () => {
    const opened = await openVideo();
    const guest = opened.side(1);
    await opened.call("setLocked", 1, true);
    await button(guest, "play").click();
    await expect.poll(async () => (await watch(opened)).at[1], { timeout: 10_000 }).toBeGreaterThan(500);
    const follow = guest.root.locator("[data-testid=follow]");
    expect(await follow.getAttribute("aria-pressed")).toBe("false");
    expect(await watch(opened)).toMatchObject({ paused: [true, false] });
    await follow.click();
    await standsAt(opened, 0);
    await opened.page.close();
  });

  it("[PA46] a video that nobody together sees any more does not run on", async () => {
    const opened = await openVideo();
    const [anna, guest] = [opened.side(0), opened.side(1)];
    await button(anna, "play").click();
    await running(opened);
    await opened.call("show", 1);
    await guest.holds("data-item", "item-0001");
    await guest.root.locator("[data-strip-item=item-0008]").click();
    await anna.holds("data-item", "item-0008");
    await opened.page.locator("[data-testid=panel-video]").nth(1).waitFor({ state: "attached" });
    await expect
      .poll(
        async () => {
          const { at, paused } = await watch(opened);
          return paused.every(Boolean) && at.every((each) => each > 400 && each < 5_000);
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    await opened.page.close();
  });

  it("[PA49] by keys: play and pause, steps, ends, and the moments of marks", async () => {
    const opened = await openVideo();
    const [anna, guest] = [opened.side(0), opened.side(1)];
    const { keyboard } = opened.page;
    const slider = button(guest, "slider");
    await slider.focus();
    for (const [key, text, at] of [
      ["ArrowRight", "0:01 of 1:04", 1_000],
      ["Shift+ArrowRight", "0:06 of 1:04", 6_000],
      ["ArrowLeft", "0:05 of 1:04", 5_000],
      ["End", "1:04 of 1:04", 64_000],
      ["Home", "0:00 of 1:04", 0],
    ] as const) {
      await keyboard.press(key);
      await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe(text);
      if (at < 64_000) await standsAt(opened, at);
    }
    await anna.stage.focus();
    await keyboard.press("k");
    await running(opened);
    await keyboard.press(" ");
    await expect.poll(async () => (await watch(opened)).paused, { timeout: 10_000 }).toEqual([true, true]);
    // A mark by keys alone, then to its dot by the keyboard.
    await keyboard.press("r");
    await keyboard.press("Enter");
    await keyboard.press("Shift+ArrowRight");
    await keyboard.press("Shift+ArrowDown");
    await keyboard.press("Enter");
    await guest.holds("data-marks", "1");
    await slider.focus();
    await keyboard.press("Shift+ArrowRight");
    await guest.holds("data-marks", "0");
    await keyboard.press("Shift+Tab");
    await keyboard.press("Enter");
    await anna.holds("data-marks", "1");
    await opened.page.close();
  });
});

describe("a video that does not just play", () => {
  it("[PA48] of a kind the browser does not know says so, and is drawn on still", async () => {
    const { page, side, call } = await openPanelPage(bench, { show: 0 });
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/items/")) asked.push(request.url());
    });
    await call("show", 9);
    const guest = side(1);
    await button(guest, "unplayable").waitFor();
    expect(await button(guest, "unplayable").textContent()).toContain("Ask for another format");
    await side(0).tool("ellipse");
    await drag(page, side(0), [150, 300], [300, 400]);
    await guest.holds("data-marks", "1");
    expect(Object.values(await call("marks", 1))[0]?.moment).toBe(0);
    await page.close();
  });

  it("[PA48] an address that no longer works is asked for once more", async () => {
    const opened = await openPanelPage(bench, { show: 0, query: "?sides=1" });
    let refused = 0;
    await opened.page.route("**/video/8", (route) => {
      refused += 1;
      return refused === 1 ? route.fulfill({ status: 403 }) : route.continue();
    });
    await opened.call("show", 8);
    await opened.page.waitForFunction(() => document.querySelector("video")?.readyState === 4);
    expect(refused).toBeGreaterThan(1);
    await opened.page.close();
  });

  /** As a browser that lets nothing start before it was touched. @param sound only what has sound */
  async function openStrict(sound: boolean): Promise<PanelPage> {
    const opened = await openPanelPage(bench, { show: 0, query: "?sides=1" });
    await opened.page.evaluate((soundOnly) => {
      let touched = false;
      document.addEventListener("pointerdown", () => {
        touched = true;
      });
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        const refused = !touched && !(soundOnly && this.muted);
        return refused ? Promise.reject(new DOMException("no gesture", "NotAllowedError")) : play.call(this);
      };
    }, sound);
    await opened.call("show", 8);
    await opened.page.waitForFunction(() => document.querySelector("video")?.readyState === 4);
    await opened.call("play", 8);
    return opened;
  }
  const plays = ({ page }: PanelPage) =>
    page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.5);
  const muted = ({ page }: PanelPage) => page.evaluate(() => document.querySelector("video")?.muted);

  it("[PA47] where nothing starts by itself, it asks for a touch", async () => {
    const opened = await openStrict(false);
    const along = opened.side(0).root.locator("[data-testid=video-along]");
    await along.click();
    await plays(opened);
    expect(await along.count()).toBe(0);
    expect(await muted(opened)).toBe(false);
    await opened.page.close();
  });

  it("[PA47] where only sound is refused, it plays along without it, and says so", async () => {
    const opened = await openStrict(true);
    await plays(opened);
    const sound = button(opened.side(0), "sound");
    expect(await sound.getAttribute("aria-label")).toContain("without sound");
    expect(await muted(opened)).toBe(true);
    await sound.click();
    expect(await muted(opened)).toBe(false);
    await opened.page.close();
  });
});
