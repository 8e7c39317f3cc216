/** The viewer by itself: frames written by hand, in the page and under the policy that the desk has. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildViewer, VIEWER_BUDGET_BYTES } from "../../lib/mirror/apply/build.mjs";
import { hashLists } from "../../lib/mirror/wire/list-hash";
import type { PageDelta } from "../../lib/mirror/wire/page-message";
import { type Mirror, openMirror } from "./open-mirror";
import { asset, check, delta, frame, full } from "./write-frames";

let mirror: Mirror;
let epoch = 1_000;
beforeAll(async () => {
  mirror = await openMirror();
});
afterAll(() => mirror.close());
beforeEach(async () => {
  epoch++;
  await mirror.page.evaluate(() => {
    window.desk.viewer.wipe();
    window.desk.told.resyncs.length = 0;
    window.desk.told.wanted.length = 0;
  });
});

const body = () =>
  mirror.page.evaluate(() => document.querySelector("iframe")?.contentDocument?.body?.innerHTML ?? "");
const told = () => mirror.page.evaluate(() => window.desk.told);
const applied = (seq: number) =>
  mirror.until(`frame ${seq} is applied`, async () => (await told()).applied.join() === `${epoch},${seq}`);
const lost = (times: number) =>
  mirror.until(`the viewer asked ${times} times`, async () => (await told()).resyncs.length === times);
const send = async (...frames: readonly string[]) => {
  for (const one of frames) await mirror.deliver(one);
};
const paragraph: PageDelta = {
  n: [
    [4, 1, "p", 0, ["class", "x"]],
    [5, 3, "hello"],
  ],
  k: [
    [3, 0, 0, 4],
    [4, 0, 0, 5],
  ],
};

describe("what comes", () => {
  it.each([
    ["no JSON", () => frame("full", epoch, 0, "{")],
    ["no page", () => frame("full", epoch, 0, {})],
    ["a wrong row", () => frame("full", epoch, 0, { page: {}, n: [[1, 9]] })],
    ["an unknown part", () => full(epoch, 0, { z: [] } as PageDelta)],
    ["an unknown node", () => full(epoch, 0, { x: [[77, "x"]] })],
    ["a splice beyond its list", () => full(epoch, 0, { k: [[3, 4, 1]] })],
    ["a node inside itself", () => full(epoch, 0, { n: [[4, 1, "p", 0, []]], k: [[4, 0, 0, 4]] })],
    [
      "text in a style sheet's place",
      () =>
        full(epoch, 0, {
          n: [
            [4, 4, "", 0, []],
            [5, 3, "@import 'x'"],
          ],
          k: [
            [3, 0, 0, 4],
            [4, 0, 0, 5],
          ],
        }),
    ],
  ])("[MI70] %s: everything is asked for anew, and the next page is shown", async (_, write) => {
    await send(write());
    await lost(1);
    epoch++;
    await send(full(epoch, 0, paragraph));
    await applied(0);
    expect(await body()).toBe(`<p class="x">hello</p>`);
  });

  it("[MI70] bytes that are no frame are dropped", async () => {
    await send(full(epoch, 0, paragraph), "AAAA", "", frame("full", epoch, 0, {}).slice(0, 24));
    await send(delta(epoch, 1, { x: [[5, "on"]] }));
    await applied(1);
    expect((await told()).resyncs).toEqual([]);
  });

  it("[MI71] a gap asks at most once in two seconds; a late copy and an older page are nothing", async () => {
    await send(full(epoch, 3, paragraph), delta(epoch, 3, { x: [[5, "copy"]] }));
    await send(full(epoch - 1, 9), delta(epoch - 1, 1, {}), delta(epoch, 4, { x: [[5, "four"]] }));
    await applied(4);
    expect(await body()).toBe(`<p class="x">four</p>`);
    await send(delta(epoch, 6, {}), delta(epoch, 7, {}), delta(epoch, 8, {}));
    await lost(1);
    await send(delta(epoch, 9, {}));
    await lost(2);
    const [first, second] = (await told()).resyncs;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(1_990);
  });

  it("[MI71] the same page told anew uses its nodes again; who missed nothing skips it", async () => {
    await send(full(epoch, 0, paragraph));
    await applied(0);
    await mirror.page.evaluate(() => {
      const p = document.querySelector("iframe")?.contentDocument?.querySelector("p");
      if (p) p.title = "the same";
    });
    await send(full(epoch, 0), delta(epoch, 2, {}));
    await lost(1);
    const again = { ...paragraph, n: [[4, 1, "p", 0, ["lang", "it"]] as const, [5, 3, "ciao"] as const] };
    await send(full(epoch, 2, again));
    await applied(2);
    expect(await body()).toBe(`<p lang="it">ciao</p>`);
  });

  it("[MI71] what a check tells is compared", async () => {
    await send(full(epoch, 0, paragraph));
    const hash = hashLists([[3, [4]]]);
    await send(check(epoch, { seq: 0, nodes: 4, slice: 3, hash }));
    await send(delta(epoch, 1, {}));
    await applied(1);
    expect((await told()).resyncs).toEqual([]);
    await send(check(epoch, { seq: 1, nodes: 4, slice: 3, hash: hash + 1 }));
    await lost(1);
  });

  it("[MI72] a large page is built in slices, without animation frames", async () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, at) => at + 10);
    const page = full(epoch, 0, {
      n: ids.map((id) => [id, 1, "i", 0, ["class", "x"]] as const),
      k: [[3, 0, 0, ...ids]],
    });
    const turns = await mirror.page.evaluate(async (base64) => {
      window.requestAnimationFrame = () => {
        throw new Error("nobody sees this tab");
      };
      const { port1, port2 } = new MessageChannel();
      const { viewer, told } = window.desk;
      let turns = 0;
      const ended = new Promise<void>((resolve) => {
        port1.onmessage = () => {
          if (
            document.querySelector("iframe")?.contentDocument?.querySelector("i:last-child") &&
            told.applied[1] === 0
          )
            return resolve();
          turns++;
          port2.postMessage(null);
        };
      });
      told.applied = [0, -1];
      viewer.receive(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      port2.postMessage(null);
      await ended;
      return turns;
    }, page);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("what it costs", () => {
  it("[MI73] 500 frames and shadow hosts that are gone leave nothing", async () => {
    const client = await mirror.page.context().newCDPSession(mirror.page);
    const counters = async () => {
      await client.send("HeapProfiler.collectGarbage");
      const { documents, nodes } = await client.send("Memory.getDOMCounters");
      return { documents, nodes };
    };
    await send(full(epoch, 0));
    await applied(0);
    const start = await counters();
    const round = (at: number): string[] => {
      const ids = Array.from({ length: 50 }, (_, index) => 10 + at * 1_000 + index * 10);
      return [
        delta(epoch, at * 2 + 1, {
          n: ids.flatMap((id) => [
            [id, 1, "iframe", 0, []] as const,
            [id + 1, 9, 0] as const,
            [id + 2, 1, "html", 0, []] as const,
            [id + 3, 1, "x-card", 0, []] as const,
            [id + 4, 11] as const,
            [id + 5, 3, "in the shadow"] as const,
          ]),
          k: [
            [3, 0, 0, ...ids.flatMap((id) => [id, id + 3])],
            ...ids.flatMap((id) => [[id + 1, 0, 0, id + 2] as const, [id + 4, 0, 0, id + 5] as const]),
          ],
          h: ids.flatMap((id) => [[id, id + 1] as const, [id + 3, id + 4] as const]),
        }),
        delta(epoch, at * 2 + 2, { k: [[3, 0, 100]] }),
      ];
    };
    for (let at = 0; at < 10; at++) {
      await send(...round(at));
      await applied(at * 2 + 2);
    }
    await mirror.until("the browser has let go of them", async () => {
      const now = await counters();
      return now.documents <= start.documents + 1 && now.nodes <= start.nodes + 50;
    });
  });

  it.each([
    ["50,001 nodes", () => ({ n: Array.from({ length: 50_001 }, (_, at) => [at + 10, 3, "x"] as const) })],
    [
      "a tree 2,000 deep",
      () => {
        const ids = Array.from({ length: 2_000 }, (_, at) => at + 10);
        return {
          n: ids.map((id) => [id, 1, "b", 0, []] as const),
          k: [[3, 0, 0, 10] as const, ...ids.slice(1).map((id) => [id - 1, 0, 0, id] as const)],
        };
      },
    ],
    [
      "9 million characters of rules",
      () => ({
        n: [[10, 4, "", 0, Array.from({ length: 90 }, () => `a{--x:${"y".repeat(100_000)}}`)] as const],
      }),
    ],
  ])("[MI77] %s are too much: the page is not shown, and the next is", async (_, write: () => PageDelta) => {
    await send(full(epoch, 0, write()));
    await lost(1);
    epoch++;
    await send(full(epoch, 0, paragraph));
    await applied(0);
    expect(await body()).toBe(`<p class="x">hello</p>`);
  });

  it("[MI77] a page that takes too long is left and asked for anew; the second time it is too heavy", async () => {
    const page = full(epoch, 0, paragraph);
    await mirror.page.evaluate(() => {
      const { now } = performance;
      let passed = 0;
      // Each look at the clock, and three seconds are gone.
      performance.now = () => {
        passed += 3_000;
        return now.call(performance) + passed;
      };
      Object.assign(window, { resetClock: () => Object.assign(performance, { now }) });
    });
    await send(page);
    await lost(1);
    expect(await body()).toBe("");
    await send(page);
    await mirror.until("it is called too heavy", async () => (await told()).page?.mode === "too-heavy");
    await mirror.page.evaluate(() => (window as unknown as { resetClock(): void }).resetClock());
    epoch++;
    await send(full(epoch, 0, paragraph));
    await applied(0);
    expect((await told()).page?.mode).toBe("default");
  });

  it("[MI78] wiped, nothing of the page is there", async () => {
    await send(full(epoch, 0, { ...paragraph, s: [[1, 0, 5]] }));
    await applied(0);
    const left = await mirror.page.evaluate(() => {
      window.desk.viewer.wipe();
      const document = window.document.querySelector("iframe")?.contentDocument;
      return [
        document?.documentElement,
        document?.adoptedStyleSheets.length,
        window.desk.viewer.pointOf(4, 0, 0),
      ];
    });
    expect(left).toEqual([null, 0, null]);
  });

  it(`[MI79] the viewer is at most ${VIEWER_BUDGET_BYTES} bytes`, async () => {
    expect((await buildViewer()).gzipBytes).toBeLessThanOrEqual(VIEWER_BUDGET_BYTES);
  });
});

describe("assets", () => {
  const PNG = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const twoPictures: PageDelta = {
    n: [
      [4, 1, "img", 0, ["src", "asset:1"]],
      [5, 1, "img", 0, ["srcset", "asset:1 1x, asset:2 2x"]],
    ],
    k: [[3, 0, 0, 4, 5]],
  };
  const source = (at: number) =>
    mirror.page.evaluate(
      (index) => document.querySelector("iframe")?.contentDocument?.images[index]?.src ?? "",
      at,
    );

  it("[MI74] asked for once, shown when it comes, revoked when nothing shows it", async () => {
    await send(full(epoch, 0, twoPictures));
    await applied(0);
    expect((await told()).wanted).toEqual(["asset:1", "asset:2"]);
    await send(asset(epoch, "asset:1", "image/png", PNG));
    await mirror.until("it is shown", async () => (await source(0)).startsWith("blob:"));
    const url = await source(0);
    await send(delta(epoch, 1, { k: [[3, 0, 2]] }));
    await applied(1);
    const loads = await mirror.page.evaluate(
      (address) =>
        new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = address;
        }),
      url,
    );
    expect(loads).toBe(false);
  });

  it("[MI74] nothing but pictures and fonts, and nothing that was not asked for", async () => {
    await send(full(epoch, 0, twoPictures));
    await applied(0);
    await send(asset(epoch, "asset:1", "text/html", PNG), asset(epoch, "asset:9", "image/png", PNG));
    await send(delta(epoch, 1, {}));
    await applied(1);
    expect(await source(0)).toBe("");
  });
});

describe("places and fields", () => {
  const nested: PageDelta = {
    n: [
      [
        4,
        1,
        "iframe",
        0,
        [
          "style",
          "position:absolute;left:100px;top:50px;width:200px;height:100px;border:5px solid;transform:scale(1.5);transform-origin:0 0",
        ],
      ],
      [5, 9, 0],
      [6, 1, "html", 0, []],
      [
        7,
        1,
        "x-card",
        0,
        ["style", "display:block;position:absolute;left:10px;top:20px;width:100px;height:40px"],
      ],
      [8, 11],
      [9, 1, "button", 0, ["style", "position:absolute;left:0;top:0;width:50px;height:20px"]],
    ],
    k: [
      [3, 0, 0, 4],
      [5, 0, 0, 6],
      [6, 0, 0, 7],
      [8, 0, 0, 9],
    ],
    h: [
      [4, 5],
      [7, 8],
    ],
  };

  it("[MI75] a point finds its node through frames, shadow roots and transforms, and the way back", async () => {
    await send(full(epoch, 0, nested));
    await applied(0);
    const found = await mirror.page.evaluate(() => {
      const { viewer } = window.desk;
      const place = viewer.placeAt(160, 103);
      return {
        place,
        back: place && viewer.pointOf(place.node, place.fx, place.fy),
        box: viewer.boxOf(9)?.toJSON(),
      };
    });
    expect(found.place).toMatchObject({ epoch, node: 9 });
    expect(found.back?.x).toBeCloseTo(160, 3);
    expect(found.back?.y).toBeCloseTo(103, 3);
    expect(found.box).toMatchObject({ left: 122.5, top: 87.5, width: 75, height: 30 });
  });

  it("[MI75] a node that is gone, or that has no box, is nowhere", async () => {
    await send(full(epoch, 0, { n: [[4, 1, "p", 0, ["hidden", ""]]], k: [[3, 0, 0, 4]] }));
    await applied(0);
    const places = await mirror.page.evaluate(() =>
      [4, 77].map((node) => [window.desk.viewer.pointOf(node, 0, 0), window.desk.viewer.boxOf(node)]),
    );
    expect(places).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it("[MI76] what an act would meet: texts, choices, and nothing of what is masked", async () => {
    const row = (id: number, type: string) => [id, 1, "input", 0, ["type", type]] as const;
    await send(
      full(epoch, 0, {
        n: [
          row(4, "text"),
          row(5, "password"),
          row(6, "date"),
          row(7, "checkbox"),
          [8, 1, "select", 0, []],
          [9, 1, "option", 0, []],
          [10, 3, "one"],
          [11, 1, "p", 0, []],
        ],
        k: [
          [3, 0, 0, 4, 5, 6, 7, 8, 11],
          [8, 0, 0, 9],
          [9, 0, 0, 10],
        ],
        v: [
          [4, "t", "seen"],
          [5, "f", 1],
          [6, "f", 1],
          [7, "c", 1, 0],
          [8, "o", 0],
        ],
      }),
    );
    await applied(0);
    const facts = await mirror.page.evaluate(() =>
      [4, 5, 6, 7, 8, 11].map((id) => window.desk.viewer.fieldAt(id)),
    );
    expect(facts.map((fact) => fact && [fact.kind, fact.masked, fact.value])).toEqual([
      ["text", false, "seen"],
      ["text", true, ""],
      ["text", true, ""],
      ["check", false, "on"],
      ["select", false, "one"],
      ["none", false, ""],
    ]);
    expect(facts[4]?.options).toEqual([{ index: 0, text: "one", disabled: false }]);
    expect(await mirror.page.evaluate(() => window.desk.viewer.fieldAt(77))).toBeNull();
  });
});
