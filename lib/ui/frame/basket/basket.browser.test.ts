import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BasketLine } from "@/lib/protocol/basket";
import { participantIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";

const PHONE = { width: 390, height: 780 };
const line: BasketLine = {
  lineId: "0198c5b2-0000-7000-8000-000000000001",
  productId: productIdSchema.parse("0198c5b2-0000-7000-8000-000000000002"),
  externalId: "dress-m",
  title: "Linen dress with a name that is rather long for a phone",
  label: "Red, M",
  url: "https://shop.example/dress",
  pictureId: null,
  currency: "EUR",
  unitMinor: 8_900,
  beforeMinor: null,
  quantity: 1,
  version: 1,
  state: "proposed",
  reason: "",
  attempt: null,
  seen: false,
  cartUrl: "",
  proposedBy: participantIdSchema.parse("0198c5b2-0000-7000-8000-000000000003"),
};
const second = {
  ...line,
  lineId: "0198c5b2-0000-7000-8000-000000000009",
  externalId: "scarf",
  title: "Scarf",
};

let harness: Harness;
let page: Page;
beforeAll(async () => {
  harness = await openHarness("lib/ui/frame/basket/basket-harness.page.tsx");
});
afterAll(() => harness.close());
beforeEach(async () => {
  page = await harness.open(PHONE);
});
afterEach(() => page.context().close());

const tell = (...lines: readonly BasketLine[]) => page.evaluate((told) => window.tell(told), lines);
const requests = () => page.evaluate(() => window.requests);
const puts = () => page.evaluate(() => window.puts);
const card = () => page.getByTestId("basket-card").first();
const state = () => page.getByTestId("basket-state").first();
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 });

/** She says yes, and the server lets this tab put it. */
async function sayYes(from: BasketLine = line): Promise<string> {
  await page.getByTestId("basket-yes").click();
  await soon(async () => (await requests()).at(-1)?.type).toBe("basket-confirm");
  const request = (await requests()).at(-1);
  const attempt = request?.type === "basket-confirm" ? request.attempt : "";
  await tell({ ...from, state: "putting", attempt });
  return attempt;
}

describe("a proposal", () => {
  it("[FR31] shows variant, price and sum, which follows the quantity", async () => {
    await tell(line);
    await card().waitFor();
    expect(await card().textContent()).toContain("Red, M");
    expect(await page.getByTestId("basket-sum").textContent()).toBe("Total €89.00");
    await page.getByTestId("basket-more").click();
    await page.getByTestId("basket-more").click();
    await page.getByTestId("basket-fewer").click();
    expect(await page.getByTestId("basket-sum").textContent()).toBe("Total €178.00");
    await page.getByTestId("basket-yes").click();
    await soon(async () => (await requests()).length).toBe(1);
    expect((await requests())[0]).toMatchObject({
      type: "basket-confirm",
      lines: [{ lineId: line.lineId, version: 1, quantity: 2 }],
    });
  });

  it("[FR31] is answered by targets of 44 pixels, and reads well in both themes", async () => {
    await tell({ ...line, beforeMinor: 9_900, quantity: 2 }, second);
    await card().waitFor();
    for (const name of [
      "basket-yes",
      "basket-no",
      "basket-more",
      "basket-fewer",
      "basket-toggle",
      "basket-yes-all",
    ]) {
      const box = await page.getByTestId(name).first().boundingBox();
      expect(Math.min(box?.height ?? 0, box?.width ?? 0), name).toBeGreaterThanOrEqual(44);
    }
    await page.getByTestId("basket-toggle").click();
    for (const theme of ["light", "dark"]) {
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
      expect(found.violations.map(({ id, nodes }) => [theme, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(PHONE.width);
  });

  it("[FR31] says both prices when the price has changed, and begins with the new proposal", async () => {
    await tell(line);
    await page.getByTestId("basket-more").click();
    await tell({ ...line, version: 2, unitMinor: 9_900, beforeMinor: 8_900, quantity: 2 });
    const note = page.getByTestId("basket-price-changed");
    await note.waitFor();
    expect(await note.getAttribute("role")).toBe("status");
    expect(await note.textContent()).toContain("it was €89.00, now it is €99.00");
    expect(await page.getByTestId("basket-sum").textContent()).toBe("Total €198.00");
  });

  it("[FR31] a refusal is a status with its reason, and offers the product's page", async () => {
    await tell({ ...line, state: "refused", reason: "no-handler" });
    const status = state();
    expect(await status.getAttribute("role")).toBe("status");
    expect(await status.textContent()).toContain("This shop cannot add it from here.");
    await page.getByTestId("basket-to-product").click();
    expect(await page.evaluate(() => window.pages)).toEqual(["https://shop.example/dress"]);
    await tell({ ...line, state: "refused", reason: "Only <b>2</b> a person" });
    expect(await status.textContent()).toBe("The shop says: “Only <b>2</b> a person”");
    await tell({ ...line, state: "refused", reason: "gone" });
    expect(await page.getByTestId("basket-yes").count()).toBe(0);
  });

  it("[FR31] where the shop's own system knows an address that puts it into the cart, she is led there", async () => {
    const cartUrl = "https://shop.example/?add-to-cart=7&quantity=2";
    await tell({ ...line, state: "refused", reason: "no-handler", cartUrl });
    expect(await page.getByTestId("basket-yes").count()).toBe(0);
    await page.getByTestId("basket-way-out").click();
    expect(await page.evaluate(() => window.pages)).toEqual([cartUrl]);
    await tell({ ...line, state: "refused", reason: "out_of_stock", cartUrl });
    expect(await page.getByTestId("basket-way-out").count()).toBe(0);
    expect(await page.getByTestId("basket-yes").count()).toBe(1);
  });

  it("[FR31] what the server refuses is said, and so is her no", async () => {
    await tell(line);
    await page.evaluate(() => window.refuse(["conflict"]));
    await page.getByTestId("basket-yes").click();
    await soon(() => state().textContent()).toContain("This has changed meanwhile.");
    await page.getByTestId("basket-no").click();
    await soon(async () => (await requests()).at(-1)?.type).toBe("basket-decline");
    await tell({ ...line, state: "declined" });
    expect(await page.getByTestId("basket-no").count()).toBe(0);
    expect(await state().textContent()).toBe("You said no thanks");
  });
});

describe("her yes", () => {
  it("[FR30] is put once, under the line's key, and the page's answer goes to the server", async () => {
    await tell(line);
    const attempt = await sayYes();
    await tell({ ...line, state: "putting", attempt });
    await soon(puts).toEqual([{ id: "dress-m", quantity: 1, key: line.lineId }]);
    await page.evaluate(() => window.answer({ ok: false, reason: "out_of_stock" }));
    const { lineId } = line;
    const result = { type: "basket-result", lineId, attempt, ok: false, reason: "out_of_stock" };
    await soon(async () => (await requests()).at(-1)).toEqual(result);
    expect(await puts()).toHaveLength(1);
  });

  it("[FR30] of another tab is not put here", async () => {
    await tell({ ...line, state: "putting", attempt: "another-tabs-yes" });
    expect(await state().textContent()).toContain("being put into your cart");
    await tell({ ...line, state: "unknown", attempt: "another-tabs-yes" });
    expect(await state().textContent()).toContain("The shop has not answered.");
    expect(await puts()).toEqual([]);
    const unknown = { ...line, state: "unknown", attempt: "another-tabs-yes" } as const;
    await sayYes(unknown);
    await soon(puts).toHaveLength(1);
  });

  it("[FR30] what the page answered is told again while the server is away; no answer is told nothing of", async () => {
    await tell(line);
    await sayYes();
    await soon(puts).toHaveLength(1);
    await page.evaluate(() => window.refuse(["unavailable"]));
    await page.evaluate(() => window.answer({ ok: true, reason: "" }));
    const results = async () => (await requests()).filter(({ type }) => type === "basket-result");
    await soon(async () => (await results()).length).toBe(2);
    await tell({ ...line, state: "unknown" });
    await sayYes({ ...line, state: "unknown" });
    await soon(puts).toHaveLength(2);
    await page.evaluate(() => window.answer({ ok: false, reason: "no-answer" }));
    await tell({ ...line, state: "in_cart" });
    expect(await results()).toHaveLength(2);
  });
});

describe("the overview", () => {
  it("[FR32] counts what waits and what is in the cart, and one yes answers all that waits", async () => {
    const third = { ...line, lineId: "0198c5b2-0000-7000-8000-00000000000a", state: "in_cart" } as const;
    await tell(line, second, third);
    const head = page.getByTestId("basket-toggle");
    expect(await head.textContent()).toBe("Basket · 2 proposals wait for you · 1 in the cart");
    await head.click();
    expect(await page.getByTestId("basket-line").count()).toBe(3);
    await page.getByTestId("basket-yes-all").click();
    await soon(async () => (await requests()).length).toBe(1);
    expect((await requests())[0]).toMatchObject({
      type: "basket-confirm",
      lines: [{ lineId: line.lineId }, { lineId: second.lineId }],
    });
  });

  it("[FR32] leaves out what was declined or withdrawn, and itself when nothing is left", async () => {
    await tell({ ...line, state: "declined" }, { ...second, state: "withdrawn" });
    await card().waitFor();
    expect(await page.getByTestId("basket-bar").count()).toBe(0);
  });
});
