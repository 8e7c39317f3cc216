/** A page frozen at a desk in Firefox: what is drawn inside the picture is there, whoever had its bytes. */
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CustomersPage } from "./customers-browser";
import type {} from "./desk.page";
import { picture } from "./feature";
import { openFirefoxCustomer } from "./firefox/open-customer";
import { type ShopServer, serveShop } from "./serve-shop";
import { asset, full } from "./write-frames";

let server: ShopServer;
let desk: CustomersPage;
beforeAll(async () => {
  server = await serveShop();
  const viewport = { width: 800, height: 600 };
  desk = await openFirefoxCustomer({ viewport, script: "", onFrame: () => {}, onError: () => {} });
  await desk.goto(`${server.desk}/`);
});
afterAll(async () => {
  await desk?.close();
  await server?.close();
});

/** CSS pixels: the strip above the page, and the tiles one below the other. */
const STRIP = 40;
const TILE = 50;
const body = (color: string) => String(picture(color).body);
const address = (color: string) => `data:image/svg+xml,${encodeURIComponent(body(color))}`;
const tile = (id: number, tag: string, style: string, ...attributes: string[]) =>
  [
    id,
    1,
    tag,
    0,
    ["style", `display:block;width:${TILE}px;height:${TILE}px;${style}`, ...attributes],
  ] as const;
const receive = (frame: string) => desk.evaluate((base64: string) => window.desk.receive(base64), frame);

it("[MI191] drawings in Firefox's picture: the page's own, its grounds, the customer's, and grey ones", async () => {
  const shop = server.shop;
  const tiles = [
    tile(4, "img", "object-fit:fill", "src", address("red")),
    tile(5, "div", `background:url("${address("blue")}") 0 0/cover`),
    tile(6, "img", "object-fit:fill", "src", `${shop}/here.svg`),
    tile(7, "img", "object-fit:fill", "src", `${shop}/gone.svg`),
  ];
  server.serve({ html: "", files: { "/here.svg": picture("lime"), "/gone.svg": picture("lime") } });
  await receive(full(1, 0, { n: tiles, k: [[3, 0, 0, ...tiles.map(([id]) => id)]] }));
  await expect.poll(() => desk.evaluate(() => window.desk.told.applied.join())).toBe("1,0");
  await desk.evaluate(() => void window.desk.freeze());
  const wanted = () => desk.evaluate(() => window.desk.told.wanted);
  await expect.poll(wanted).toContain(`${shop}/here.svg`);
  await receive(asset(1, `${shop}/here.svg`, "image/svg+xml", Buffer.from(body("lime"))));
  const frozen = () => desk.evaluate(() => window.desk.told.frozen ?? "");
  await expect.poll(frozen).toMatch(/^data:image\/png;base64,/);

  const png = Buffer.from((await frozen()).slice("data:image/png;base64,".length), "base64");
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const scale = info.width / 800;
  const seen = tiles.map((_, at) => {
    const [x, y] = [TILE / 2, STRIP + 8 + (at + 0.25) * TILE].map((length) => Math.round(length * scale));
    const from = ((y ?? 0) * info.width + (x ?? 0)) * 3;
    return [...data.subarray(from, from + 3)].join();
  });
  expect(seen).toEqual(["255,0,0", "0,0,255", "0,255,0", "201,198,192"]);
});
