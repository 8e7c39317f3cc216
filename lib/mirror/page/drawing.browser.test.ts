/** Drawing over the shop's page: agents' marks and the customer's own hand, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MirrorMark } from "@/lib/protocol/mirror";
import { MIRROR_DRAW_BUDGET_BYTES, MIRROR_PAGE_BUDGET_BYTES } from "./build.mjs";
import {
  asked,
  calm,
  closeBench,
  idOf,
  inBar,
  mirror,
  openBench,
  page,
  pressByHand,
  pressed,
  renewPage,
  sizes,
  tell,
  told,
} from "./mirror-page.fixture";

beforeAll(openBench);
afterAll(closeBench);

describe("drawing over the page", () => {
  const arrowAt = (node: number, more: Partial<MirrorMark> = {}): MirrorMark => ({
    ...{ as: "mark", id: "a1", kind: "arrow", epoch: 7, node, fx: 0.5, fy: 0.5, width: 200, done: true },
    points: [
      [-60, -40],
      [0, 0],
    ],
    ...more,
  });
  const agent = { type: "point", from: "anna", name: "Anna", color: "#0072b2" } as const;
  const drawn = () =>
    inBar((root) =>
      [...root.querySelectorAll<SVGGElement>("g[data-kind]")].map(
        (mark) => `${mark.dataset.kind} ${mark.style.display || mark.getAttribute("transform")}`,
      ),
    );
  const drew = async () => (await told()).flatMap((one) => (one.type === "point" ? [one.point] : []));
  const stroke = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    await page.mouse.move(...to);
    await page.mouse.up();
  };
  const toolsShown = () => inBar((root) => root.querySelector<HTMLElement>(".tools")?.hidden === false);
  const body = `<div id=above style="height:300px"></div>
<button style="display:block;width:200px;height:50px">Red</button><div style="height:2000px"></div>`;

  it("[MI171] an agent's mark stays at its element through scrolling, new content and another size", async () => {
    await mirror(body);
    await tell({ ...agent, point: arrowAt(await idOf("button")) });
    await expect.poll(drawn).toEqual(["arrow translate(100 325) scale(1)"]);
    await page.evaluate(() => window.scrollTo(0, 100));
    await expect.poll(drawn).toEqual(["arrow translate(100 225) scale(1)"]);
    await page.evaluate(() => {
      const above = document.getElementById("above");
      if (above) above.style.height = "350px";
    });
    await expect.poll(drawn).toEqual(["arrow translate(100 275) scale(1)"]);
    await page.evaluate(() => {
      const button = document.querySelector("button");
      if (button) button.style.width = "300px";
    });
    await expect.poll(drawn).toEqual(["arrow translate(150 275) scale(1.5)"]);
    await page.evaluate(() => document.querySelector("button")?.remove());
    await expect.poll(drawn).toEqual(["arrow none"]);
  });

  it("[MI171] hers stands in what it is about: an arrow at its tip, a circle at its middle, a stroke where it began", async () => {
    await mirror(body);
    const button = await idOf("button");
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([400, 200], [100, 325]);
    await pressByHand("Circle");
    await stroke([50, 275], [150, 375]);
    await pressByHand("Pen");
    await stroke([20, 340], [400, 500]);
    await expect
      .poll(async () => (await drew()).filter((one) => one.as === "mark" && one.done).length)
      .toBe(3);
    const done = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one] : []));
    expect(done.map(({ kind, node, width, epoch }) => ({ kind, node, width, epoch }))).toEqual(
      ["arrow", "ellipse", "pen"].map((kind) => ({ kind, node: button, width: 200, epoch: 7 })),
    );
    expect(done.map(({ fx, fy }) => [fx, fy])).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0.1, 0.8],
    ]);
    expect(done.map(({ points }) => [points[0], points.at(-1)])).toEqual([
      [
        [300, -125],
        [0, 0],
      ],
      [
        [-50, -50],
        [50, 50],
      ],
      [
        [0, 0],
        [380, 160],
      ],
    ]);
    expect((await drawn()).length).toBe(3);
  });

  it("[MI171] in a frame and an open shadow root too", async () => {
    await mirror(`<iframe style="position:absolute;left:100px;top:50px;width:300px;height:200px;border:0"
srcdoc="<style>*{margin:0}</style><button style='display:block;width:80px;height:40px'>In</button>"></iframe>
<div id=host style="position:absolute;left:500px;top:100px"></div><script>
document.getElementById("host").attachShadow({mode:"open"}).innerHTML = "<h2 style='width:100px;height:60px;margin:0'>Deep</h2>"</script>`);
    await expect.poll(() => idOf("button").catch(() => 0)).toBeGreaterThan(0);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([600, 400], [140, 70]);
    // From where there is nothing but the root element, which is not as high.
    await stroke([600, 400], [550, 130]);
    await expect
      .poll(async () => (await drew()).filter((one) => one.as === "mark" && one.done).length)
      .toBe(2);
    const nodes = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one.node] : []));
    expect(nodes).toEqual([await idOf("button"), await idOf("h2")]);
    expect(await drawn()).toEqual(["arrow translate(140 70) scale(1)", "arrow translate(550 130) scale(1)"]);
    const tails = (await drew()).flatMap((one) => (one.as === "mark" && one.done ? [one.points[0]] : []));
    expect(tails).toEqual([
      [460, 330],
      [50, 270],
    ]);
  });

  it("[MI172] marks fade by themselves, and either side takes all of them away at once", async () => {
    await page.clock.install();
    try {
      await mirror(body);
      const node = await idOf("button");
      await tell({ ...agent, point: arrowAt(node) });
      await expect.poll(async () => (await drawn()).length).toBe(1);
      await page.clock.fastForward(46_000);
      await page.clock.fastForward(1_000);
      await expect.poll(drawn).toEqual([]);
    } finally {
      await renewPage();
    }
    await mirror(body);
    const node = await idOf("button");
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await stroke([400, 200], [100, 325]);
    await tell({ ...agent, point: arrowAt(node) });
    await expect.poll(async () => (await drawn()).length).toBe(2);
    await pressByHand("Erase");
    await expect.poll(drawn).toEqual([]);
    await expect.poll(async () => (await drew()).at(-1)).toEqual({ as: "erase", epoch: 7 });
    await stroke([400, 200], [100, 325]);
    await expect.poll(async () => (await drawn()).length).toBe(1);
    await tell({ ...agent, point: { as: "erase", epoch: 7 } });
    await expect.poll(drawn).toEqual([]);
    await tell({ ...agent, point: arrowAt(node, { epoch: 6 }) });
    await tell({ ...agent, point: arrowAt(node, { id: "b" }) });
    await expect.poll(async () => (await drawn()).length).toBe(1);
    await tell({ type: "state", state: { ...calm, pausedFor: "private-page" } });
    await expect.poll(drawn).toEqual([]);
    await expect.poll(toolsShown).toBe(false);
  });

  it("[MI173] is done by her hand alone and presses nothing below it; Escape gives the page back", async () => {
    await mirror(`${body}<script>
window.pressed = 0; document.querySelector("button").onclick = () => { window.pressed++ }</script>`);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    await inBar((root) => {
      const surface = root.querySelector(".ink");
      const at = (type: string, clientX: number) =>
        surface?.dispatchEvent(
          new PointerEvent(type, { clientX, clientY: 320, bubbles: true, pointerId: 1, isPrimary: true }),
        );
      at("pointerdown", 100);
      at("pointermove", 300);
      at("pointerup", 300);
    });
    await page.mouse.click(100, 325);
    expect(await page.evaluate("window.pressed")).toBe(0);
    expect(await drew()).toEqual([]);
    expect(await drawn()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(toolsShown).toBe(false);
    await page.mouse.click(100, 325);
    expect(await page.evaluate("window.pressed")).toBe(1);
    expect(await pressed()).toEqual([]);
  });

  it("[MI173] leaves our own frame within reach", async () => {
    await mirror(`<div class=ours></div><script>
const frame = document.createElement("iframe"); frame.className = "open";
document.querySelector(".ours").attachShadow({mode:"open"}).append(frame);
frame.style.cssText = "position:fixed;right:0;top:0;height:600px;border:0;width:300px"</script>${body}`);
    await pressByHand("Draw");
    await expect.poll(toolsShown).toBe(true);
    const at = (x: number) =>
      page.evaluate((left) => document.elementFromPoint(left, 100)?.localName ?? "", x);
    expect(await at(850)).toBe("div");
    expect(await at(400)).toBe("vetrina-mirror");
    // Nor is anything drawn over it.
    await stroke([400, 100], [900, 200]);
    await expect.poll(async () => (await drawn()).length).toBe(1);
    const isClipped = await inBar((root) => {
      const clip = root.querySelector<HTMLElement>(".marks")?.style.clipPath ?? "";
      return clip === root.querySelector<HTMLElement>(".ink")?.style.clipPath && clip.includes("M 700 0");
    });
    expect(isClipped).toBe(true);
  });

  it("[MI174] what draws is loaded when somebody draws, and who draws is said aloud", async () => {
    expect(sizes.page).toBeLessThanOrEqual(MIRROR_PAGE_BUDGET_BYTES);
    expect(sizes.draw).toBeLessThanOrEqual(MIRROR_DRAW_BUDGET_BYTES);
    await mirror(body);
    const node = await idOf("button");
    await tell({ ...agent, point: { as: "ring", epoch: 7, node, fx: 0.5, fy: 0.5 } });
    await expect.poll(() => inBar((root) => root.querySelectorAll(".ring").length)).toBe(1);
    expect(asked).not.toContain("/vetrina-mirror-draw.js");
    await tell({ ...agent, point: arrowAt(node, { done: false }) });
    await tell({ ...agent, point: arrowAt(node) });
    await expect.poll(drawn).toEqual(["arrow translate(100 325) scale(1)"]);
    expect(asked.filter((path) => path === "/vetrina-mirror-draw.js")).toHaveLength(1);
    expect(await inBar((root) => root.querySelector('[role="status"]')?.textContent)).toBe("Anna draws");
  });
});
