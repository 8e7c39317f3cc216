/** Pictures of the replica: what is in them, what is not, and what it takes. */
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Feature, picture } from "./feature";
import { type Mirror, openMirror } from "./open-mirror";

let mirror: Mirror;
beforeAll(async () => {
  mirror = await openMirror();
});
afterAll(() => mirror.close());

type Page = Pick<Feature, "html" | "files" | "rules">;
type Color = readonly [number, number, number];

const open = (page: Page) => mirror.open({ id: "frozen", what: "frozen", look: () => 0, is: 0, ...page });
/** Looking once also lets the shop's page serve what the desk asks for. */
const serve = () => mirror.sees({ look: () => true, is: true });

/** @returns a `data:` address, or why there is no picture */
async function freeze(size: { w: number; h: number } | null = null, gone: number | null = null) {
  await mirror.page.evaluate(([of, after]) => void window.desk.freeze(of, after), [size, gone] as const);
  const told = () => mirror.page.evaluate(() => window.desk.told.frozen);
  await mirror.until("there is a picture, or none will be", async () => {
    await serve();
    return (await told()) !== null;
  });
  return (await told()) ?? "";
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** In CSS pixels of the page. */
  at(x: number, y: number): Color;
}

/** @param strip CSS pixels above the page */
async function read(image: Buffer, page: { w: number; h: number }, strip: number): Promise<Pixels> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const scale = width / page.w;
  expect(height).toBe(Math.floor((page.h + strip) * scale));
  return {
    width,
    height,
    at(x, y) {
      const from = (Math.round((y + strip) * scale) * width + Math.round(x * scale)) * 3;
      return [data[from] ?? -1, data[from + 1] ?? -1, data[from + 2] ?? -1];
    },
  };
}

const PAGE = { w: 800, h: 600 };
const STRIP = 40;
async function frozenPixels(): Promise<Pixels> {
  const frozen = await freeze();
  expect(frozen.slice(0, 22)).toBe("data:image/png;base64,");
  return read(Buffer.from(frozen.slice(22), "base64"), PAGE, STRIP);
}
const shotPixels = async (): Promise<Pixels> => read(await mirror.page.screenshot(), PAGE, 0);

/** Middles of all tiles on the customer's page. */
const middles = () =>
  mirror.shopPage.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("[data-tile]")].map((tile) => {
      const { left, top, width, height } = tile.getBoundingClientRect();
      return { tile: tile.dataset.tile ?? "", x: left + width / 2, y: top + height / 2 };
    }),
  );

/** One tile for each way to come by a colour. */
const TILES = `<style>
  body{margin:0;background:rgb(240,240,200)} main{display:flex;flex-wrap:wrap;width:400px}
  [data-tile]{width:50px;height:50px;flex:none;overflow:hidden;display:block}
  #before::before{content:"";display:block;width:50px;height:50px;background:rgb(150,30,90)}
  #back{background:url(/back.svg) 0 0/100% 100%} #turned{background:rgb(20,90,160);transform:rotate(90deg)}
  @media (min-width:700px){#wide{background:rgb(90,150,30)}}
  #moves{animation:tint 1s paused -.5s linear} @keyframes tint{from{background:rgb(0,0,0)}to{background:rgb(200,100,50)}}
  #fixed{position:fixed;right:0;bottom:0;background:rgb(130,0,200)}
  #sticky{position:sticky;top:0;background:rgb(0,130,200)}
  #dialog{border:0;padding:0;background:rgb(210,60,20)} #dialog::backdrop{background:none}
  img,iframe{border:0;width:50px;height:50px;object-fit:fill}
</style><div id=sticky data-tile=sticky></div><main>
  <div id=host data-tile=adopted></div><div id=slots data-tile=slotted><b>&nbsp;</b></div>
  <iframe data-tile=frame srcdoc="<body style='margin:0;background:rgb(30,120,120)'>"></iframe>
  <div id=scrolled data-tile=scrolled style="overflow:auto"><p style="margin:0;height:50px;background:red"></p><p style="margin:0;height:50px;background:rgb(60,60,180)"></p></div>
  <div id=before data-tile=before></div><div data-tile=plain><img src=/plain.svg></div>
  <div data-tile=keyed><img src="/keyed.svg?t=1"></div><div id=back data-tile=background></div>
  <div id=turned data-tile=turned></div><div id=wide data-tile=media></div><div id=moves data-tile=animated></div>
  <svg style="display:none"><symbol id=icon viewBox="0 0 1 1"><rect width=1 height=1 fill="rgb(200,160,0)"/></symbol></svg>
  <svg data-tile=use width=50 height=50><use href=#icon /></svg>
  <canvas id=canvas data-tile=canvas width=50 height=50></canvas>
</main><div id=fixed data-tile=fixed></div><dialog id=dialog data-tile=dialog></dialog><div style="height:2000px"></div>
<script>
  const sheet=new CSSStyleSheet();sheet.replaceSync("p{margin:0;height:50px;background:rgb(10,100,10)}")
  const root=host.attachShadow({mode:"open"});root.adoptedStyleSheets=[sheet];root.innerHTML="<p></p>"
  slots.attachShadow({mode:"open"}).innerHTML="<style>::slotted(b){display:block;height:50px;background:rgb(100,10,100)}</style><slot></slot>"
  const pen=canvas.getContext("2d");pen.fillStyle="rgb(10,60,60)";pen.fillRect(0,0,50,50)
  dialog.showModal();scrolled.scrollTop=50;scrollTo(0,20)
</script>`;
const FILES = {
  "/plain.svg": picture("rgb(180,0,60)"),
  "/keyed.svg": picture("rgb(60,180,0)"),
  "/back.svg": picture("rgb(0,60,180)"),
};
const EXPECTED: Readonly<Record<string, Color>> = {
  adopted: [10, 100, 10],
  slotted: [100, 10, 100],
  frame: [30, 120, 120],
  scrolled: [60, 60, 180],
  before: [150, 30, 90],
  plain: [180, 0, 60],
  keyed: [60, 180, 0],
  background: [0, 60, 180],
  turned: [20, 90, 160],
  media: [90, 150, 30],
  animated: [100, 50, 25],
  use: [200, 160, 0],
  canvas: [10, 60, 60],
  fixed: [130, 0, 200],
  sticky: [0, 130, 200],
  dialog: [210, 60, 20],
};
/** Of 255: a picture of twice the size is drawn by itself, not copied. */
const NEAR = 4;
const isNear = (one: Color, other: Color) =>
  one.every((value, at) => Math.abs(value - (other[at] ?? 0)) <= NEAR);

describe("what a picture shows", () => {
  it("[MI191] shadow roots, frames, what is scrolled, sticks or lies above, pictures of every kind", async () => {
    await open({ html: TILES, files: FILES });
    await mirror.until("the replica shows all of it", async () => {
      await serve();
      const shot = await shotPixels();
      return (await middles()).every(({ tile, x, y }) =>
        isNear(shot.at(x, y), EXPECTED[tile] ?? [-9, -9, -9]),
      );
    });
    const frozen = await frozenPixels();
    const seen = Object.fromEntries((await middles()).map(({ tile, x, y }) => [tile, frozen.at(x, y)]));
    for (const [tile, color] of Object.entries(EXPECTED))
      expect(isNear(seen[tile] ?? [-9, -9, -9], color), `${tile}: ${seen[tile]}`).toBe(true);
    expect(isNear(frozen.at(600, 300), [240, 240, 200]), "the page's ground").toBe(true);
  });

  it("[MI191] words stand where they stand, in the page's own typeface, and fields hold what is in them", async () => {
    await open({
      html: `<style>@font-face{font-family:own;src:url(/font.woff2)}body{margin:0;font:40px/50px own}input{font:inherit}</style>
        <p style="margin:0">Seven words of the page itself</p><input class=shown value="Field" style="width:300px"><ul><li>One</ul>`,
    });
    await serve();
    await mirror.until("the typeface is there", () =>
      mirror.page.evaluate(() => {
        const fonts = document.querySelector("iframe")?.contentDocument?.fonts;
        return [...(fonts ?? [])].some(({ status }) => status === "loaded");
      }),
    );
    const shot = await shotPixels();
    const frozen = await frozenPixels();
    // Ink by columns and rows: letters that moved or changed would be seen at once, their edges may differ.
    const inkOf = (pixels: Pixels) => {
      let [ink, left, right] = [0, 800, 0];
      for (let y = 2; y < 300; y += 2)
        for (let x = 2; x < 798; x += 2) {
          if ((pixels.at(x, y)[0] ?? 255) > 100) continue;
          ink++;
          [left, right] = [Math.min(left, x), Math.max(right, x)];
        }
      return { ink, left, right };
    };
    const [was, is] = [inkOf(shot), inkOf(frozen)];
    expect(was.ink).toBeGreaterThan(300);
    expect(Math.abs(is.ink - was.ink)).toBeLessThan(was.ink * 0.12);
    expect(Math.abs(is.left - was.left)).toBeLessThanOrEqual(4);
    expect(Math.abs(is.right - was.right)).toBeLessThanOrEqual(4);
  });

  it("[MI191] what nobody could read is a grey box of its size", async () => {
    await open({
      html: `<style>body{margin:0}</style><img src="${mirror.addresses.foreign}/away.svg" width=60 height=40>`,
      files: { "/away.svg": picture("rgb(255,0,0)") },
    });
    const frozen = await frozenPixels();
    expect(isNear(frozen.at(30, 20), [201, 198, 192]), `${frozen.at(30, 20)}`).toBe(true);
    expect(isNear(frozen.at(75, 20), [255, 255, 255])).toBe(true);
  });

  it("[MI194] above the page stands what it is", async () => {
    await open({ html: "<p>page</p>" });
    const frozen = await frozenPixels();
    expect(isNear(frozen.at(4, -36), [231, 227, 219])).toBe(true);
    let ink = 0;
    for (let x = 40; x < 400; x++) if ((frozen.at(x, -28)[0] ?? 255) < 120) ink++;
    expect(ink).toBeGreaterThan(2);
  });
});

describe("where a picture comes from", () => {
  it("[MI190] from the replica alone: her page and the web are asked for nothing but bytes of what was told", async () => {
    await open({
      html: `<style>body{margin:0}div{width:80px;height:80px;background:rgb(0,200,0)}</style><div></div><img src=/plain.svg>`,
      files: FILES,
    });
    await mirror.until("the replica's picture is there", () =>
      mirror.page.evaluate(
        () => document.querySelector("iframe")?.contentDocument?.images[0]?.naturalWidth === 40,
      ),
    );
    const before = (await mirror.requestsOfDesk()).length;
    const wanted = await mirror.page.evaluate(() => window.desk.told.wanted.length);
    await mirror.page.evaluate(() => {
      const tile = document.querySelector("iframe")?.contentDocument?.querySelector("div");
      tile?.style.setProperty("background", "rgb(200,0,200)");
    });
    const frozen = await frozenPixels();
    expect(isNear(frozen.at(40, 40), [200, 0, 200]), "the replica's colour").toBe(true);
    expect((await mirror.requestsOfDesk()).length, "requests of the desk").toBe(before);
    const asked = await mirror.page.evaluate((from) => window.desk.told.wanted.slice(from), wanted);
    expect(asked).toEqual([`${mirror.addresses.shop}/plain.svg`]);
  });

  it("[MI190] what is masked for the agent is masked in it", async () => {
    const html = (rest: string) =>
      `<style>body{margin:0;font:30px/40px monospace}</style><p class=secret style="margin:0">${rest}</p>`;
    const pictures: string[] = [];
    for (const secret of ["4111 Anna", "4222 Bert"]) {
      await open({ html: html(secret), rules: { mask: [".secret"] } });
      pictures.push(await freeze());
    }
    expect(pictures[0]?.slice(0, 22)).toBe("data:image/png;base64,");
    expect(pictures[0]).toBe(pictures[1]);
  });
});

describe("what a picture may cost", () => {
  it("[MI192] a page of too many pixels or nodes is left, with a word", async () => {
    await open({ html: "<p>page</p>" });
    expect(await freeze({ w: 20_000, h: 20_000 })).toBe("too-large");
    await mirror.page.evaluate(() => {
      const body = document.querySelector("iframe")?.contentDocument?.body;
      if (body) body.innerHTML = "<i></i>".repeat(61_000);
    });
    expect(await freeze()).toBe("too-large");
  });

  it("[MI193] a page that is shown no more leaves none", async () => {
    await open({ html: `<p>page</p><img src="${mirror.addresses.foreign}/away.svg" width=9 height=9>` });
    expect(await freeze(null, 50)).toBe("gone");
  });

  it("[MI190] the replica is as it was", async () => {
    await open({ html: TILES, files: FILES });
    await serve();
    const body = () =>
      mirror.page.evaluate(() => document.querySelector("iframe")?.contentDocument?.body.outerHTML ?? "");
    // With all pictures there: what comes late would change it, too.
    await freeze();
    const before = await body();
    await freeze();
    expect(await body()).toBe(before);
  });
});
