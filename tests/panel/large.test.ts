/** Large pictures in tiles, and covered ones: the real panel in real Chromium. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolvedItemSchema } from "@/lib/protocol/http";
import { type Bench, openBench, openPanelPage, type PanelPage } from "./open-harness";

/** The number of the harness' picture of 102 megapixels, and of the one that is covered. */
const STUDIO = 6;
const COVERED = 7;
/** It is asked again ever later, milliseconds. */
const PATIENT = { timeout: 15_000 };

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Tiles that were asked for, by level. */
function listen({ page }: PanelPage): Map<number, Set<string>> {
  const asked = new Map<number, Set<string>>();
  page.on("request", (request) => {
    const [, level = "", place = ""] = /\/tile\/\d\/(\d+)\/(\d+_\d+)$/.exec(request.url()) ?? [];
    if (level === "") return;
    asked.set(Number(level), (asked.get(Number(level)) ?? new Set()).add(place));
  });
  return asked;
}

const sharp = ({ page }: PanelPage) =>
  page.locator("[data-testid=panel-tiles][data-sharp=true]").first().waitFor();

/** By the wheel, until the picture is larger than the stage by so much. */
async function zoomIn(opened: PanelPage, least: number): Promise<void> {
  const side = opened.side(0);
  const box = await side.box();
  await opened.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  while ((await side.zoom()) < least) {
    const before = await side.zoom();
    await opened.page.mouse.wheel(0, -300);
    await expect.poll(() => side.zoom(), { timeout: 10_000 }).toBeGreaterThan(before);
  }
}

/** The colour that the middle of the stage shows: red tells a tile's column, green its row, blue its level. */
async function middle(opened: PanelPage): Promise<{ column: number; row: number; level: number }> {
  const box = await opened.side(0).box();
  const clip = { x: box.x + box.width / 2 - 2, y: box.y + box.height / 2 - 40, width: 1, height: 1 };
  const png = await opened.page.screenshot({ clip });
  const [r, g, b] = await opened.page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
  }, png.toString("base64"));
  return {
    column: Math.round((r ?? 0) / 10),
    row: Math.round((g ?? 0) / 12),
    level: Math.round((b ?? 0) / 10),
  };
}

describe("a picture of 102 megapixels", () => {
  it("[PA51] is shown by a small size, and no tile is asked for while that is sharp", async () => {
    const opened = await openPanelPage(bench, { width: 390, height: 844, query: "?sides=1", show: 0 });
    const asked = listen(opened);
    await opened.call("show", STUDIO);
    await opened.page.locator("[data-picture=ready]").waitFor();
    await sharp(opened);
    expect([...asked.keys()]).toEqual([]);
    await opened.page.close();
  });

  it("[PA51] zoomed, shows the tiles of what is looked at, where they belong, and asks for no others", async () => {
    const opened = await openPanelPage(bench, { width: 1000, height: 800, query: "?sides=1", show: STUDIO });
    const asked = listen(opened);
    await zoomIn(opened, 4);
    await sharp(opened);
    await expect.poll(async () => (await middle(opened)).level).toBeGreaterThanOrEqual(13);
    const seen = await middle(opened);
    const columns = Math.ceil(11_648 / 2 ** (14 - seen.level) / 512);
    expect(Math.abs(seen.column - columns / 2)).toBeLessThanOrEqual(1.5);
    // All tiles of all levels are about 550.
    const count = [...asked.values()].reduce((sum, places) => sum + places.size, 0);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(200);
    await opened.page.close();
  });

  it("[PA51] panned, brings what comes into sight; zoomed out again, needs no tiles", async () => {
    const opened = await openPanelPage(bench, { width: 1000, height: 800, query: "?sides=1", show: STUDIO });
    await zoomIn(opened, 4);
    await sharp(opened);
    const before = await middle(opened);
    const box = await opened.side(0).box();
    await opened.page.mouse.move(box.x + 800, box.y + 300);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + 100, box.y + 300, { steps: 8 });
    await opened.page.mouse.up();
    await sharp(opened);
    await expect.poll(async () => (await middle(opened)).column).toBeGreaterThan(before.column);
    await opened.side(0).stage.press("0");
    await expect.poll(() => opened.side(0).zoom()).toBe(1);
    await opened.page.locator('[data-testid=panel-tiles][data-level=""]').waitFor();
    await opened.page.close();
  });
});

describe("a picture whose larger sizes are still being made", () => {
  /** What the server has of it so far. */
  async function openGrowing(longest: number) {
    const opened = await openPanelPage(bench, { width: 1000, height: 800, query: "?sides=1", show: 0 });
    const server = { longest, asked: 0 };
    await opened.page.route(/\/items\/(asset|product)\/.*1(\?|$)/, async (route) => {
      server.asked++;
      const answer = await route.fetch();
      const item = resolvedItemSchema.parse(await answer.json());
      const sizes = item.sizes.filter((size) => size.longest <= server.longest);
      await route.fulfill({ response: answer, json: { ...item, sizes } });
    });
    await opened.call("show", 1);
    await opened.page.locator("[data-picture=ready]").waitFor();
    const image = opened.page.locator('[data-picture] img[src*="/picture/1/"]').last();
    const source = async () => Number((await image.getAttribute("src"))?.split("/").at(-1));
    return { opened, server, image, source };
  }

  it("[ME83] is there at once, then sharper in the same place", async () => {
    const { opened, server, image, source } = await openGrowing(800);
    expect(await source()).toBe(800);
    const before = await image.boundingBox();
    server.longest = 2_400;
    await expect.poll(source, PATIENT).toBeGreaterThan(800);
    const after = await image.boundingBox();
    for (const side of ["x", "y", "width", "height"] as const)
      expect(after?.[side]).toBeCloseTo(before?.[side] ?? Number.NaN, 0);
    await opened.page.close();
  });

  it("[ME83] stays as it is, without a word, when they do not come or cannot be loaded", async () => {
    const { opened, server, source } = await openGrowing(800);
    await expect.poll(() => server.asked, PATIENT).toBeGreaterThan(2);
    await opened.page.route(/\/picture\/1\/(1600|2400)$/, (route) => route.abort());
    const failed = opened.page.waitForEvent("requestfailed");
    server.longest = 2_400;
    await failed;
    expect(await source()).toBe(800);
    await opened.page.locator("[data-picture=ready]").waitFor();
    expect(await opened.page.locator("[role=alert]:visible").count()).toBe(0);
    await opened.page.close();
  });
});

describe("what is covered", () => {
  it("[PA52] is not there before one asks for it, by keyboard too, and then it is", async () => {
    const opened = await openPanelPage(bench, { query: "?sides=1", show: 0 });
    const pictures: string[] = [];
    opened.page.on("request", (request) => {
      if (request.url().includes("/picture/7/")) pictures.push(request.url());
    });
    await opened.call("show", COVERED);
    const cover = opened.page.locator("[data-testid=panel-covered]");
    await cover.waitFor();
    expect(await cover.textContent()).toContain("Anna");
    const thumbnail = opened.page.locator("[data-testid=strip-item]");
    expect(await thumbnail.getAttribute("aria-label")).toContain("covered");
    expect(pictures).toEqual([]);

    const answered = opened.page.waitForResponse((response) => response.url().endsWith("/uncover"));
    await opened.page.locator("[data-testid=panel-uncover]").press("Enter");
    await answered;
    await opened.page.locator("[data-picture=ready]").waitFor();
    await opened.call("uncover", COVERED);
    await expect.poll(() => thumbnail.getAttribute("aria-label")).not.toContain("covered");
    expect(await cover.count()).toBe(0);
    expect(pictures.length).toBeGreaterThan(0);
    await opened.page.close();
  });
});
