/** What the customer sees and presses while her page is mirrored, in a real browser, on pages that do not help. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeStreamFrame } from "../wire/stream-frame";
import {
  calm,
  closeBench,
  idOf,
  inBar,
  mirror,
  openBench,
  page,
  pressByHand,
  pressed,
  says,
  tell,
  told,
  toldNodes,
} from "./mirror-page.fixture";

beforeAll(openBench);
afterAll(closeBench);

describe("the bar", () => {
  it("[MI160] says who watches and who may act, and is read aloud", async () => {
    await mirror("<h1>Shop</h1>");
    expect(await says()).toBe("Anna sees this page");
    await tell({ type: "state", state: { ...calm, writer: "Anna" } });
    await expect.poll(says).toBe("Anna may act");
    await tell({ type: "state", state: { ...calm, pausedFor: "private-page" } });
    await expect.poll(says).toBe("private");
    expect(await inBar((root) => root.querySelector('[role="status"]')?.textContent)).toBe("private");
    await tell({ type: "state", state: { ...calm, viewers: [] } });
    await expect.poll(says).toBe("nobody looks");
  });

  it("[MI161] is pressed by her hand, not by the page's scripts, even when they hold its root", async () => {
    await mirror("<style>* { all: unset !important; pointer-events: none !important }</style><h1>Shop</h1>");
    await inBar((root) => {
      for (const button of root.querySelectorAll("button")) {
        button.click();
        button.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
      }
    });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause"]);
    await tell({ type: "state", state: { ...calm, pausedFor: "customer" } });
    await expect.poll(says).toBe("paused");
    await pressByHand("Go on");
    await pressByHand("Stop");
    await expect.poll(pressed).toEqual(["pause", "unpause", "stop"]);
  });

  it("[MI161] lies above the page's own dialogs and popovers", async () => {
    await mirror(
      `<div id=pop popover=manual style="position:fixed;inset:0;width:100%;height:100%">over</div>`,
    );
    await page.evaluate(() => document.getElementById("pop")?.showPopover());
    await tell({ type: "state", state: { ...calm, writer: "Anna" } });
    await expect.poll(says).toBe("Anna may act");
    await pressByHand("Take back");
    await expect.poll(pressed).toEqual(["take-back"]);
  });

  it("[MI161] can be pressed while the page shows a modal dialog, and outlives it", async () => {
    await mirror("<dialog>Sizes</dialog>");
    await page.evaluate(() => document.querySelector("dialog")?.showModal());
    await page.locator("dialog vetrina-mirror").waitFor({ state: "attached" });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause"]);
    await page.evaluate(() => document.querySelector("dialog")?.remove());
    await page.locator("html > vetrina-mirror").waitFor({ state: "attached" });
    await pressByHand("Pause");
    await expect.poll(pressed).toEqual(["pause", "pause"]);
  });

  it("[MI166] stands beside our frame, and steps back where there is no room", async () => {
    await mirror(`<div class=ours></div><script>
const frame = document.createElement("iframe");
const root = document.querySelector(".ours").attachShadow({mode:"open"});
root.append(frame); frame.style.cssText = "position:fixed;right:0;top:0;height:600px;border:0;width:400px"</script>`);
    const place = () =>
      inBar((root) => {
        const bar = root.querySelector<HTMLElement>(".bar");
        return bar?.hidden ? null : Math.round(bar?.getBoundingClientRect().right ?? 0);
      });
    const shape = (css: string) =>
      page.evaluate((given) => {
        const frame = document.querySelector(".ours")?.shadowRoot?.querySelector("iframe");
        if (!frame) return;
        frame.style.cssText += given;
        frame.className = "";
        frame.className = "open";
      }, css);
    await shape(";width:400px");
    await expect.poll(place).toBeLessThanOrEqual(600);
    await shape(";width:1000px");
    await expect.poll(place).toBeNull();
  });
});

describe("her own hand", () => {
  it("[MI162] Escape twice ends it; once does not, nor do a script's keys", async () => {
    await mirror("<h1>Shop</h1>");
    await page.evaluate(() => {
      for (let i = 0; i < 4; i++) window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    });
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    expect(await pressed()).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect.poll(pressed).toContain("stop");
  });

  it("[MI163] comes before the agent's: what she does at that moment is not disturbed", async () => {
    await mirror("<button>Red</button><textarea></textarea>");
    const id = await idOf("button");
    const act = (name: string) =>
      tell({
        type: "act",
        from: "anna",
        id: name,
        epoch: 7,
        act: { type: "click", node: id, fx: 0.5, fy: 0.5 },
      });
    const answers = async () =>
      (await told()).flatMap((one) => (one.type === "acted" ? [[one.id, one.refusal]] : []));
    await page.locator("textarea").focus();
    await page.keyboard.press("x");
    await act("first");
    await expect.poll(answers).toEqual([["first", "customer-first"]]);
    await expect
      .poll(async () => {
        await act("later");
        return (await answers()).at(-1);
      })
      .toEqual(["later", null]);
    await tell({
      type: "act",
      from: "anna",
      id: "old",
      epoch: 6,
      act: { type: "click", node: id, fx: 0, fy: 0 },
    });
    await expect.poll(async () => (await answers()).at(-1)).toEqual(["old", "gone"]);
  });

  it("[MI163] on a field that stays hidden she is told so", async () => {
    await mirror("<input>");
    await page.locator("input").focus();
    await expect.poll(() => inBar((root) => root.querySelector(".hint")?.textContent)).toBe("stays hidden");
  });
});

describe("what is drawn over the page", () => {
  it("[MI164] pointers and highlights stay at what they point at when the page scrolls", async () => {
    await mirror(
      `<div style="height:500px"></div><button style="width:200px;height:50px">Red</button><div style="height:2000px"></div>`,
    );
    const node = await idOf("button");
    const point = (as: "move" | "highlight" | "clear") =>
      tell({
        type: "point",
        from: "anna",
        name: "Anna",
        color: "#0072b2",
        point: { as, epoch: 7, node, fx: 0.5, fy: 0.5 },
      });
    await point("move");
    await point("highlight");
    const drawn = () =>
      inBar((root) => {
        const cursor = root.querySelector<HTMLElement>(".who")?.style.transform;
        const frame = root.querySelector(".frame")?.getBoundingClientRect();
        return { cursor, frame: frame ? [frame.top, frame.width] : null };
      });
    await expect.poll(drawn).toEqual({ cursor: "translate(100px, 525px)", frame: [496, 208] });
    await page.evaluate(() => window.scrollTo(0, 100));
    await expect.poll(drawn).toEqual({ cursor: "translate(100px, 425px)", frame: [396, 208] });
    await point("clear");
    await expect.poll(async () => (await drawn()).frame).toBeNull();
  });

  it("[MI164] in a frame too", async () => {
    await mirror(`<iframe style="position:absolute;left:100px;top:50px;width:300px;height:200px;border:0"
srcdoc="<style>*{margin:0}</style><button style='width:80px;height:40px'>In</button>"></iframe>`);
    await expect.poll(() => idOf("button").catch(() => 0)).toBeGreaterThan(0);
    const point = { as: "move", epoch: 7, node: await idOf("button"), fx: 0.5, fy: 0.5 } as const;
    await tell({ type: "point", from: "anna", name: "Anna", color: "#0072b2", point });
    await expect
      .poll(() => inBar((root) => root.querySelector<HTMLElement>(".who")?.style.transform))
      .toBe("translate(140px, 70px)");
  });

  it("[MI165] what is hidden is outlined for as long as she looks", async () => {
    await mirror(`<p class=m>word</p><p>fine</p><input style="width:150px">`, { mask: [".m"] });
    const outlines = () =>
      inBar(
        (root) =>
          [...root.querySelectorAll(".out")].filter((one) => one.getBoundingClientRect().width > 0).length,
      );
    await pressByHand("What is hidden?");
    await expect.poll(outlines).toBe(2);
    await pressByHand("Hide outlines");
    await expect.poll(outlines).toBe(0);
  });
});

describe("a pause", () => {
  it("[MI168] holds on the next page: nothing leaves it before she goes on", async () => {
    await mirror("<h1>Shop</h1>", {}, { ...calm, pausedFor: "customer" });
    expect(await says()).toBe("paused");
    await tell({ type: "state", state: calm });
    await expect.poll(toldNodes).toBeGreaterThan(2);
    // What goes on after a pause is a new epoch: nothing of the one she was paused in has left.
    const sent = await page.evaluate(() => window.sent ?? []);
    expect(sent.filter((bytes) => (decodeStreamFrame(Uint8Array.from(bytes))?.epoch ?? 0) <= 7)).toEqual([]);
  });
});

describe("the end", () => {
  it("[MI167] nothing of ours stays in the page, and nothing leaves it any more", async () => {
    await mirror("<h1>Shop</h1>");
    const natives = await page.evaluate(() => history.pushState.toString());
    await tell({ type: "stop" });
    await page.locator("vetrina-mirror").waitFor({ state: "detached" });
    const before = await page.evaluate(() => window.sent?.length);
    await page.evaluate(async () => {
      document.body.append("more");
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    expect(await page.evaluate(() => window.sent?.length)).toBe(before);
    expect(await page.evaluate(() => history.pushState.toString())).toBe(natives);
    expect(await page.evaluate(() => document.querySelectorAll("html > *").length)).toBe(2);
  });
});
