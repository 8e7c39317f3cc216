import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CatalogueProductDetail, catalogueSearchAnswerSchema } from "@/lib/protocol/catalogue-answers";
import { productIdSchema } from "@/lib/protocol/ids";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("lib/ui/desk/catalogue-harness.page.tsx");
});
afterAll(() => harness.close());

function product(number: number, title: string, over: Partial<CatalogueProductDetail> = {}) {
  const variant = (size: string, priceMinor: number, stock: number | null, available = true) => ({
    externalId: `P${number}-${size}`,
    label: `Red, ${size}`,
    sku: `SKU-${number}-${size}`,
    gtin: "",
    priceMinor,
    saleMinor: null,
    available,
    stock,
  });
  return {
    productId: productIdSchema.parse(`00000000-0000-7000-8000-00000000000${number}`),
    externalId: `P${number}`,
    title,
    url: "",
    priceMinor: 4_900,
    saleMinor: 3_900,
    currency: "EUR",
    available: true,
    pictureId: null,
    variants: [variant("S", 3_900, 2), variant("M", 5_900, 40), variant("L", 4_900, 0, false)],
    brand: "Maré",
    category: "Women > Dresses",
    picture: null,
    pictureCount: 0,
    colors: ["red"],
    sizes: ["S", "M"],
    description: "",
    pictures: [],
    asOf: null,
    ...over,
  };
}

const dress = product(1, "Red dress");
const shirt = product(2, "Linen shirt");
const belt = product(3, "Leather belt");
const facets = {
  categories: [{ value: "Women", count: 12 }],
  brands: [{ value: "Maré", count: 12 }],
  colors: [
    { value: "red", count: 7 },
    { value: "petrol", count: 5 },
  ],
  sizes: [{ value: "M", count: 4 }],
  complete: true,
};

/** The tab with a server that answers from the three products, and what it was asked. */
async function open(size = { width: 390, height: 780 }) {
  const page = await harness.open(size);
  const asked: URLSearchParams[] = [];
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.route("**/api/v1/catalogue/**", async (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    if (pathname.endsWith("/related")) {
      const related = [
        { product: belt, reason: "together", orders: 3 },
        { product: shirt, reason: "similar", orders: 0 },
      ];
      return route.fulfill({ json: { related } });
    }
    if (pathname.endsWith("/products")) return route.fulfill({ json: { products: [shirt] } });
    if (!pathname.endsWith("/search")) return route.fulfill({ json: dress });
    asked.push(searchParams);
    const answer = {
      products: [dress, shirt],
      next: null,
      total: { count: 2, more: false },
      guessed: searchParams.get("q") === "drees" ? "dress" : null,
      facets: searchParams.get("facets") === "1" ? facets : null,
      asOf: searchParams.get("q") === "live" ? 0 : null,
    };
    return route.fulfill({ json: catalogueSearchAnswerSchema.parse(answer) });
  });
  // The page was opened before its server was there.
  await page.reload();
  const finds = page.getByTestId("finds");
  await finds.getByRole("article").first().waitFor({ timeout: 8_000 });
  return { page, finds, asked };
}

const wishes = (page: Page) => page.evaluate(() => window.wishes);

describe("the catalogue tab", () => {
  it("[DK30] filters are quiet until wanted, and each can be taken back", async () => {
    const { page, asked } = await open();
    expect(await page.getByTestId("facets").count()).toBe(0);
    expect(asked.every((params) => params.get("facets") === null)).toBe(true);
    await page.getByTestId("filters").click();
    const panel = page.getByTestId("facets");
    await panel.getByRole("button", { name: /^red/ }).click();
    await panel.getByRole("button", { name: "In stock" }).click();
    await panel.getByLabel("To").fill("59,90");
    await expect.poll(() => asked.at(-1)?.toString()).toBe("q=&color=red&max=5990&stock=1&facets=1");
    const active = page.getByTestId("active-filters");
    await active.getByRole("button", { name: "Remove red" }).click();
    await expect.poll(() => asked.at(-1)?.toString()).toBe("q=&max=5990&stock=1&facets=1");
    await active.getByRole("button", { name: "Clear all" }).click();
    await expect.poll(() => active.count()).toBe(0);
    expect(await panel.getByLabel("To").inputValue()).toBe("");
    await page.keyboard.press("Escape");
    await page.getByTestId("facets").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("filters");
    await page.close();
  });

  it("[DK41] a letter is searched for at once; what is typed while that is asked goes together", async () => {
    const { page, asked } = await open();
    const queries = () => asked.map((params) => params.get("q"));
    await page.clock.install();
    await page.clock.pauseAt(new Date(Date.now() + 60_000));
    // No time passes on this page: nothing that waits for a pause in typing would ever be asked.
    await page.getByLabel("Query").fill("d");
    await expect.poll(queries).toEqual(["", "d"]);
    await expect.poll(() => page.getByTestId("finds").getAttribute("aria-busy")).toBe("false");
    // Never answered.
    const isHeld = (url: URL) => url.searchParams.get("q") === "dr";
    await page.route(isHeld, (route) => void asked.push(new URL(route.request().url()).searchParams));
    await page.getByLabel("Query").fill("dr");
    await expect.poll(queries).toEqual(["", "d", "dr"]);
    await page.getByLabel("Query").fill("dre");
    await page.getByLabel("Query").fill("dres");
    expect(queries()).toEqual(["", "d", "dr"]);
    // Too long: the newest takes its place.
    await page.clock.runFor(1_000);
    await expect.poll(queries).toEqual(["", "d", "dr", "dres"]);
    await expect.poll(() => page.getByTestId("finds").getAttribute("aria-busy")).toBe("false");
    await page.close();
  });

  it("[DK31] what the customer has seen comes first while nothing is asked, and is marked everywhere", async () => {
    const { page, finds } = await open();
    const seen = page.getByTestId("seen-products");
    await seen.getByRole("article", { name: "Linen shirt" }).waitFor();
    expect(await finds.getByRole("article", { name: "Linen shirt" }).getByTestId("seen").count()).toBe(1);
    expect(await finds.getByRole("article", { name: "Red dress" }).getByTestId("seen").count()).toBe(0);
    await page.getByLabel("Query").fill("dress");
    await seen.waitFor({ state: "detached" });
    await page.close();
  });

  it("[DK32] a product opens to all variants with stock and number, and to what goes with it", async () => {
    const { page, finds } = await open();
    const tile = finds.getByRole("article", { name: "Red dress" });
    expect(await tile.textContent()).toContain("from €39.00");
    await tile.focus();
    await page.keyboard.press("ArrowRight");
    const detail = tile.getByTestId("product-detail");
    await detail.getByText("2 left").waitFor();
    expect(await detail.getByText("Sold out").count()).toBe(1);
    await detail.getByRole("button", { name: "Copy SKU-1-M" }).click();
    await detail.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("SKU-1-M");
    expect(await detail.getByTestId("related-together").textContent()).toContain("in 3 orders with it");
    await detail.getByTestId("related-similar").getByRole("button").click();
    expect(await wishes(page)).toEqual([["show", shirt.productId, 0]]);
    await tile.focus();
    await page.keyboard.press("ArrowLeft");
    await detail.waitFor({ state: "detached" });
    await page.close();
  });

  it("[DK43] a product's video has a play sign beside its pictures, and is shown by its number", async () => {
    const { page, finds } = await open();
    const shown = { alt: "", width: 900, height: 1_200, durationMs: null, sizes: [] };
    const pictures = [
      { ...shown, assetId: "00000000-0000-4000-8000-00000000000a" },
      { ...shown, assetId: "00000000-0000-4000-8000-00000000000b", durationMs: 9_000 },
    ];
    const withVideo = { ...dress, pictureCount: 2, pictures };
    await page.route(/catalogue\/products\/[^/]*$/, (route) => route.fulfill({ json: withVideo }));
    await page.route(/catalogue\/search/, (route) =>
      route.fulfill({
        json: catalogueSearchAnswerSchema.parse({
          ...{ products: [withVideo], next: null, total: { count: 1, more: false } },
          ...{ guessed: null, facets: null, asOf: null },
        }),
      }),
    );
    await page.getByLabel("Query").fill("film");
    const tile = finds.getByRole("article", { name: "Red dress" });
    await tile.getByTestId("more-pictures").click();
    const video = tile.getByRole("button", { name: "Video of Red dress (2)" });
    await video.waitFor();
    expect(await video.getByTestId("plays").count()).toBe(1);
    // Nothing says that a picture is missing.
    expect(await video.locator("svg").count()).toBe(1);
    const picture = tile.getByRole("button", { name: "Picture 1 of Red dress" });
    expect(await picture.getByTestId("plays").count()).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter((one) => one.impact === "serious" || one.impact === "critical")).toEqual([]);
    await video.click();
    await expect.poll(() => wishes(page)).toEqual([["show", dress.productId, 1]]);
    await page.close();
  });

  it("[DK33] tells what a mistyped word was taken for, and how old the shop's own answer is", async () => {
    const { page, finds } = await open();
    await page.getByLabel("Query").fill("drees");
    await finds.getByText("Nothing has “drees”. Showing “dress”.").waitFor();
    await page.getByLabel("Query").fill("live");
    await finds.getByText("From your shop, 2 min ago").waitFor();
    const aged = { ...dress, asOf: Date.now() - 300_000 };
    const isOfDress = ({ pathname }: URL) => pathname.endsWith(`/products/${dress.productId}`);
    await page.route(isOfDress, (route) => route.fulfill({ json: aged }));
    await page.getByTestId("finds").getByRole("article", { name: "Red dress" }).focus();
    await page.keyboard.press("ArrowRight");
    await page
      .getByTestId("product-detail")
      .getByText(/From your shop, 5.* ago/)
      .waitFor();
    await page.close();
  });

  it("[DK8] keys show, recommend and propose the product that has the focus", async () => {
    const { page, finds } = await open();
    await finds.getByRole("article", { name: "Red dress" }).focus();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => wishes(page)).toEqual([["show", dress.productId, 0]]);
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(async () => (await wishes(page)).at(-1)).toEqual(["recommend", dress.productId, ""]);
    await page.keyboard.press("b");
    await page.getByTestId("propose-send").click();
    await expect
      .poll(async () => (await wishes(page)).at(-1))
      .toEqual(["propose", dress.productId, "P1-S", 1, ""]);
    await page.close();
  });

  it.each([
    ["light", 390],
    ["dark", 360],
  ] as const)(
    "[DK34] has no serious axe finding and does not scroll sideways, %s at %i px",
    async (theme, width) => {
      const { page, finds } = await open({ width, height: 780 });
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      await page.getByTestId("filters").click();
      await page.getByTestId("facets").getByRole("button", { name: /^red/ }).click();
      await finds.getByTestId("details").first().click();
      await finds.getByTestId("related-together").waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter((one) => one.impact === "serious" || one.impact === "critical")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page.close();
    },
  );
});
