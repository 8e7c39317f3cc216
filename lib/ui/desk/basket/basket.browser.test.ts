import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BasketLine } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import { participantIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";

const productId = productIdSchema.parse("0198c5b2-0000-7000-8000-000000000002");
const line: BasketLine = {
  lineId: "0198c5b2-0000-7000-8000-000000000001",
  productId,
  externalId: "dress-m",
  title: "Linen dress",
  label: "M",
  url: "",
  pictureId: null,
  currency: "EUR",
  unitMinor: 8_900,
  beforeMinor: null,
  quantity: 2,
  version: 1,
  state: "proposed",
  reason: "",
  attempt: null,
  seen: false,
  cartUrl: "",
  proposedBy: participantIdSchema.parse("0198c5b2-0000-7000-8000-000000000003"),
};
const variant = (size: string, available = true) => ({
  externalId: `dress-${size.toLowerCase()}`,
  label: size,
  priceMinor: 8_900,
  saleMinor: size === "M" ? 7_900 : null,
  available,
});
const product: ProductCard = {
  productId,
  externalId: "dress",
  title: "Linen dress",
  url: "",
  priceMinor: 8_900,
  saleMinor: null,
  currency: "EUR",
  available: true,
  pictureId: null,
  variants: [variant("S", false), variant("M"), variant("L")],
};

let harness: Harness;
let page: Page;
beforeAll(async () => {
  harness = await openHarness("lib/ui/desk/basket/basket-harness.page.tsx");
});
afterAll(() => harness.close());
beforeEach(async () => {
  page = await harness.open({ width: 390, height: 800 });
  await page.getByTestId("shared-basket").waitFor();
});
afterEach(() => page.context().close());

const asked = () => page.evaluate(() => window.asked);
const show = (...lines: readonly BasketLine[]) => page.evaluate((told) => window.showLines(told), lines);
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 });

describe("proposing", () => {
  beforeEach(async () => {
    await page.evaluate((shown) => window.showProduct(shown), product);
    await page.getByTestId("propose-form").waitFor();
  });

  it("[DK20] takes a variant that can be bought, how many and a few words, by keyboard alone", async () => {
    const options = await page.getByTestId("propose-variant").locator("option").allTextContents();
    expect(options).toEqual(["S (Sold out)", "M · €79.00", "L · €89.00"]);
    // The focus is on the variant: down once, then on to "one more", to the words and to "Propose".
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await soon(() => page.getByTestId("basket-quantity").textContent()).toBe("2");
    await page.keyboard.press("Tab");
    await page.keyboard.type("It runs small");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await soon(asked).toEqual([["propose", productId, "dress-l", 2, "It runs small"]]);
    await soon(() => page.getByTestId("closed").textContent()).toBe("proposed");
  });

  it("[DK20] says why the server did not take it, and Escape thinks again", async () => {
    await page.evaluate(() => window.refuseNext("conflict"));
    await page.getByTestId("propose-send").click();
    await page.getByRole("status").getByText("it is sold out, or has been answered").waitFor();
    expect(await page.getByTestId("closed").textContent()).toBe("");
    await page.getByTestId("propose-variant").press("Escape");
    await soon(() => page.getByTestId("closed").textContent()).toBe("thought again");
  });
});

describe("the shared basket", () => {
  it("[DK21] tells of each line what became of it, and what is only the page's word", async () => {
    const told: [Partial<BasketLine>, string][] = [
      [{}, "Waits for an answer"],
      [{ beforeMinor: 7_900 }, "The price has changed from €79.00; the customer is asked again"],
      [{ state: "putting" }, "Agreed, the shop is being asked"],
      [{ state: "unknown" }, "Agreed; whether it is in the cart is not known"],
      [{ state: "in_cart" }, "In the cart, as the page says"],
      [{ state: "in_cart", seen: true }, "In the cart"],
      [{ state: "refused", reason: "out_of_stock" }, "It has just sold out."],
      [{ state: "refused", reason: "Only for members" }, "The shop says: “Only for members”"],
      [{ state: "declined" }, "Declined"],
      [{ state: "withdrawn" }, "Withdrawn"],
    ];
    await show(...told.map(([over], index) => ({ ...line, ...over, lineId: `${line.lineId}${index}` })));
    const states = page.getByTestId("shared-line").getByRole("status").and(page.locator("p"));
    expect(await states.allTextContents()).toEqual(told.map(([, words]) => words));
  });

  it("[DK21] what waits is changed and withdrawn here, what is answered is not", async () => {
    await show(line, { ...line, lineId: `${line.lineId}2`, state: "in_cart" });
    expect(await page.getByTestId("basket-withdraw").count()).toBe(1);
    await page.getByTestId("basket-more").click();
    await soon(asked).toEqual([["change", line.lineId, "dress-m", 3]]);
    await page.evaluate(() => window.refuseNext("conflict"));
    await page.getByTestId("basket-withdraw").click();
    await page.getByText("it is sold out, or has been answered").waitFor();
    expect((await asked()).at(-1)).toEqual(["withdraw", line.lineId]);
  });

  it("[DK21] another variant of what waits is chosen by keyboard alone, or not at all", async () => {
    await page.evaluate((shown) => window.showProduct(shown, false), product);
    await show(line, { ...line, lineId: `${line.lineId}2`, state: "in_cart" });
    const change = page.getByRole("button", { name: "Another variant of Linen dress" });
    await change.press("Enter");
    const select = page.getByTestId("propose-variant");
    await soon(() => select.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await select.inputValue()).toBe("dress-m");
    await select.press("Escape");
    await soon(() => select.count()).toBe(0);
    await change.press("Enter");
    await select.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await soon(asked).toEqual([
      ["variants", productId],
      ["variants", productId],
      ["change", line.lineId, "dress-l", 2],
    ]);
    await soon(() => select.count()).toBe(0);
    await page.evaluate(() => window.refuseNext("not_found"));
    await change.click();
    await page.getByText("This variant is no longer there.").waitFor();
    expect(await select.count()).toBe(0);
  });

  it("[DK21] reads well in both themes, on a phone too", async () => {
    await page.evaluate((shown) => window.showProduct(shown), product);
    const states = ["proposed", "unknown", "in_cart", "refused", "withdrawn"] as const;
    await show(...states.map((state, index) => ({ ...line, state, lineId: `${line.lineId}${index}` })));
    for (const theme of ["light", "dark"]) {
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
      expect(violations.map(({ id, nodes }) => [theme, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
