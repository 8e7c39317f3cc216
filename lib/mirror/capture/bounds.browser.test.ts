/** Large, deep, hostile and slow: what the capture does to a page, and what a page may do to it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_ASSET_BYTES } from "../wire/page-message";
import { type Bench, openBench } from "./open-capture.fixture";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe("size", () => {
  it("[MI40] a page of 16,000 nodes is told in several messages, in document order, and none is missing", async () => {
    const captured = await bench.open(
      `<!doctype html>${Array.from({ length: 5_300 }, (_, i) => `<p>item <b>${i}</b></p>`).join("")}`,
    );
    await captured.until((_, { nodes }) => nodes.size >= 3 + 5_300 * 4);
    expect(captured.frames.filter(({ kind }) => kind === "delta").length).toBeGreaterThan(1);
    expect(captured.replica.outline()).toContain('"5299"');
    await captured.page.close();
  });

  it("[MI41] a page 3,000 levels deep is told up to 1,000, with a box, and called too heavy", async () => {
    const captured = await bench.open(`<!doctype html><body><script>let at=document.body;
for(let i=0;i<3000;i++){const n=document.createElement("b");at.append(n);at=n}at.append("bottom")</script>`);
    await captured.until((_, { page }) => page?.mode === "too-heavy");
    expect(captured.replica.nodes.size).toBeLessThan(1_010);
    const boxes = [...captured.replica.nodes.values()].filter((row) => row[1] === 2 && row[2] !== "");
    expect(boxes.map((row) => row[2])).toEqual(["too heavy"]);
    expect(captured.errors).toEqual([]);
    await captured.page.close();
  });

  it("[MI41] of more than 50,000 nodes no more are told", async () => {
    const captured = await bench.open(`<!doctype html><body>${"<i></i>".repeat(50_500)}`);
    await captured.until((_, { page }) => page?.mode === "too-heavy");
    expect(captured.replica.nodes.size).toBeLessThan(50_010);
    await captured.page.close();
  });
});

describe("the line", () => {
  it("[MI42] held deltas are one afterwards, and everything is told again when much was held", async () => {
    const captured = await bench.open(`<!doctype html><p>0</p>`);
    await captured.until((told) => told.includes('"0"'));
    const before = captured.frames.length;
    await captured.run(`captureProbe.capture.backlog(3e6)`);
    await captured.run(`new Promise((done)=>{let n=0;const t=setInterval(()=>{document.querySelector("p").textContent=++n;
if(n===20){clearInterval(t);done()}},10)})`);
    await captured.pull();
    expect(captured.frames).toHaveLength(before);
    await captured.run(`captureProbe.capture.backlog(0)`);
    await captured.until((told) => told.includes('"20"') && captured.frames.length === before + 2);
    expect(
      captured.frames
        .slice(before)
        .map(({ kind, seq }) => [kind, seq])
        .toSorted(),
    ).toEqual([
      ["delta", expect.any(Number)],
      ["full", expect.any(Number)],
    ]);
    await captured.page.close();
  });

  it("[MI43] a full in the middle of an epoch has the number of the newest delta, and changes nothing", async () => {
    const captured = await bench.open(
      `<!doctype html><style>.a{top:0}</style><div id=h></div><div class=open><input value=v></div>
<iframe srcdoc="<b>in</b>"></iframe><p style="animation:x 1s">x</p>`,
      { show: [".open"] },
    );
    await captured.until(
      (told) => told.includes("srcdoc") || (told.includes('"in"') && told.includes(".a {")),
    );
    await captured.run(`document.getElementById("h").attachShadow({mode:"open"}).innerHTML="<i>s</i>";
document.getElementById("h").shadowRoot.adoptedStyleSheets=[new CSSStyleSheet()];document.querySelector("p").className="k"`);
    const outline = await captured.until((told) => told.includes('"s"') && told.includes('class="k"'));
    await captured.run("captureProbe.capture.sendFull()");
    await captured.until(() => captured.frames.filter(({ kind }) => kind === "full").length === 2);
    const at = captured.frames.findLastIndex(({ kind }) => kind === "full");
    expect(captured.frames[at]?.seq).toBe(
      captured.frames.slice(0, at).findLast(({ kind }) => kind === "delta")?.seq,
    );
    expect(captured.replica.outline()).toBe(outline);
    await captured.run(`document.body.append("next")`);
    await captured.until((told) => told.includes('"next"'));
    await captured.page.close();
  });

  it("[MI43] a check tells the numbers of what was told", async () => {
    const captured = await bench.open(`<!doctype html><ul>${"<li>x</li>".repeat(50)}</ul>`);
    await captured.until((_, { checks }) => checks > 0);
    await captured.page.close();
  });

  it("[MI44] a picture whose address was told as it is is served by that address, and no other is", async () => {
    const captured = await bench.open(
      `<!doctype html><img src="/plain.png"><p class=secret><img src="/masked.png"></p>`,
      { mask: [".secret"] },
      { "/plain.png": "picture", "/masked.png": "picture", "/other.png": "picture" },
    );
    await captured.until((told) => told.includes("/plain.png"));
    const named = (path: string) => `${bench.address}${path}`;
    for (const path of ["/masked.png", "/other.png", "/plain.png?t=1", "/plain.png"])
      await captured.page.evaluate((key) => window.captureProbe?.capture?.sendAsset(key), named(path));
    const keys = () =>
      captured.frames.flatMap(({ kind, bytes }) =>
        kind === "asset" ? [bytes.subarray(1, 1 + (bytes[0] ?? 0)).toString()] : [],
      );
    await captured.until(() => keys().length > 0);
    expect(keys()).toEqual([named("/plain.png")]);
    await captured.page.close();
  });

  it("[MI44] pictures and typefaces are served under their keys, and nothing else is", async () => {
    const captured = await bench.open(
      `<!doctype html><style>@font-face{font-family:f;src:url(/f.woff2)}</style><img src="/p.png?t=1"><canvas width=9 height=9></canvas>`,
      {},
      { "/p.png": "picture", "/f.woff2": "wOF2 typeface", "/account.json": "{}" },
    );
    await captured.until((told, { pictures }) => pictures.size === 1 && told.includes("@font-face"));
    const keys = [
      ...new Set(
        captured.frames
          .map(({ text }) => text)
          .join()
          .match(/asset:\w+/g) ?? [],
      ),
    ];
    expect(keys).toHaveLength(3);
    for (const key of [
      ...keys,
      "asset:99",
      "/account.json",
      `${bench.address}/account.json`,
      "https://x.example/",
    ])
      await captured.page.evaluate((wanted) => window.captureProbe?.capture?.sendAsset(wanted), key);
    const assets = () => captured.frames.filter(({ kind }) => kind === "asset");
    await captured.until(() => assets().length === 3);
    expect(
      assets()
        .map(({ bytes }) => bytes.subarray(1, 1 + (bytes[0] ?? 0)).toString())
        .toSorted(),
    ).toEqual(keys.toSorted());
    expect(assets().every(({ bytes }) => bytes.length < MAX_ASSET_BYTES)).toBe(true);
    await captured.page.close();
  });
});

describe("hostile pages", () => {
  it("[MI45] clobbered names, replaced natives and lists with toJSON neither stop it nor hear of it", async () => {
    const captured =
      await bench.open(`<!doctype html><form><input name=childNodes><input name=attributes><input name=scrollTop>
<input name=parentNode></form><img name=title><img name=adoptedStyleSheets><p>fine</p>`);
    await captured.until((told) => told.includes("fine"));
    await captured.run(`Array.prototype.toJSON=()=>"stolen";Object.prototype.toJSON=()=>"stolen";
Element.prototype.getAttribute=()=>{throw new Error("no")};EventTarget.prototype.addEventListener=()=>{throw new Error("no")};
Object.defineProperty(Node.prototype,"childNodes",{get(){throw new Error("no")}});
Element.prototype.querySelectorAll=()=>{throw new Error("no")};setTimeout=()=>{throw new Error("no")};
document.querySelector("p").className="still"`);
    await captured.until((told) => told.includes('class="still"'));
    await captured.run(`delete Array.prototype.toJSON;delete Object.prototype.toJSON`);
    expect(captured.frames.map(({ text }) => text).join()).not.toContain("stolen");
    expect(captured.errors).toEqual([]);
    await captured.page.close();
  });

  it("[MI46] closing gives the page back as it was, and nothing more leaves", async () => {
    const captured = await bench.open(
      `<!doctype html><p>x</p><script>globalThis.native=Element.prototype.attachShadow</script>`,
    );
    await captured.until((told) => told.includes('"x"'));
    expect(await captured.run(`Element.prototype.attachShadow===native`)).toBe(false);
    await captured.run(`captureProbe.capture.close();document.querySelector("p").textContent="y"`);
    expect(await captured.run(`Element.prototype.attachShadow===native`)).toBe(true);
    await captured.run(`document.querySelector("p").attachShadow({mode:"open"});captureProbe.open({},9)`);
    await captured.until((told, { epoch }) => epoch === 9 && told.includes('"y"'));
    const before = captured.frames.filter(({ epoch }) => epoch === 1);
    expect(before.map(({ text }) => text).join()).not.toContain('"y"');
    await captured.page.close();
  });

  it("[MI47] of 500 removed frames and shadow hosts nothing is kept", async () => {
    const captured = await bench.open(`<!doctype html><div></div><p>end</p>`);
    await captured.until((told) => told.includes("end"));
    const cdp = await captured.page.context().newCDPSession(captured.page);
    const count = async () => {
      await cdp.send("HeapProfiler.collectGarbage");
      const { metrics } = await cdp.send("Performance.getMetrics");
      const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
      return { documents: of("Documents"), nodes: of("Nodes") };
    };
    await cdp.send("Performance.enable");
    const before = await count();
    const round = async (n: number) => {
      await captured.run(`for(let i=0;i<50;i++){const f=document.createElement("iframe");f.srcdoc="<p>frame ${n}</p>";const h=document.createElement("span");
h.attachShadow({mode:i%2?"open":"closed"}).innerHTML="<i>root ${n}</i>";document.querySelector("div").append(f,h)}`);
      await captured.until(
        (told) => told.split(`frame ${n}"`).length === 51 && told.split(`root ${n}"`).length === 51,
      );
      await captured.run(`document.querySelector("div").replaceChildren()`);
      await captured.until((told) => !told.includes("<iframe"));
    };
    for (let n = 0; n < 10; n++) await round(n);
    await expect
      .poll(count, { timeout: 15_000, interval: 500 })
      .toSatisfy(
        ({ documents, nodes }: Awaited<ReturnType<typeof count>>) =>
          documents <= before.documents + 2 && nodes <= before.nodes + 60,
      );
    expect(captured.replica.nodes.size).toBeLessThan(12);
    await captured.page.close();
  });
});
