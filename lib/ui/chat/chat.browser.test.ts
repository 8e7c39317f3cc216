import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assetIdSchema, itemIdSchema, productIdSchema } from "@/lib/protocol/ids";
import { MAX_MESSAGE_CHARS } from "@/lib/protocol/limits";
import type { LogMessage } from "./log-message";
import { aMessage, anna, maria } from "./messages.fixture";
import { type Harness, openHarness } from "./open-harness.fixture";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness("lib/ui/chat/chat-harness.page.tsx");
});
afterAll(() => harness.close());

const people = {
  you: maria,
  participants: [
    { participantId: maria, role: "customer", name: "Guest 1", color: 0 },
    { participantId: anna, role: "agent", name: "Anna", color: 1 },
  ],
} as const;

const many = (from: number, to: number): LogMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    aMessage({
      seq: from + index,
      participantId: anna,
      body: { kind: "text", text: `message ${from + index}` },
      at: Date.UTC(2026, 10, 21, 8, (from + index) % 60),
    }),
  );

const drive = (page: Page, change: object) => page.evaluate((value) => window.drive(value), change);
const wishes = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => window.wishes.filter(([first]) => first === wanted).map((all) => all.slice(1)),
    name,
  );
const scroll = (page: Page) =>
  page.getByTestId("chat-log").evaluate((log) => ({
    top: Math.round(log.scrollTop),
    left: Math.round(log.scrollHeight - log.scrollTop - log.clientHeight),
  }));

describe("the log", () => {
  it("[CH5] markup in a message is words", async () => {
    const page = await harness.open();
    const text = `<img src=x onerror="document.title='hacked'"><b>bold</b> https://shop.example/a`;
    await drive(page, {
      ...people,
      messages: [aMessage({ seq: 1, participantId: anna, body: { kind: "text", text } })],
    });
    const log = page.getByTestId("chat-log");
    await log.getByText("<b>bold</b>").waitFor();
    expect(await log.locator("img, b").count()).toBe(0);
    expect(await page.title()).toBe("Harness");
    const link = log.getByRole("link");
    expect(await link.getAttribute("href")).toBe("https://shop.example/a");
    expect(await link.getAttribute("rel")).toContain("noopener");
    await page.close();
  });

  it("[CH20] says of a paper with missing pages how many there are, and what helps", async () => {
    const page = await harness.open();
    const paper = (pages: number, of?: number): LogMessage["body"] => ({
      kind: "picture",
      what: "paper",
      itemId: itemIdSchema.parse("item-0001"),
      assetId: assetIdSchema.parse("00000000-0000-4000-8000-000000000001"),
      ...{ pages, of, width: 200, height: 300 },
    });
    await drive(page, {
      ...people,
      messages: [
        aMessage({ seq: 1, participantId: maria, body: paper(2, 3) }),
        aMessage({ seq: 2, participantId: anna, body: paper(1, 1_200) }),
        aMessage({ seq: 3, participantId: anna, body: paper(2) }),
      ],
    });
    const bubble = (seq: number) => page.locator(`[data-kind=picture][data-seq="${seq}"]`);
    await bubble(1)
      .getByText("2 of 3 pages could be read. If you need the others, send photos of them.")
      .waitFor();
    await bubble(2)
      .getByText("1 of 1,200 pages could be read. If you need the others, ask for photos of them.")
      .waitFor();
    expect(await bubble(3).locator("p").count()).toBe(0);
    expect(await bubble(3).getByText("2 pages", { exact: true }).count()).toBe(1);
    await page.close();
  });

  it("[CH21] a picture with its marks is named as that, and leads to its item", async () => {
    const page = await harness.open();
    const itemId = itemIdSchema.parse("item-0001");
    const assetId = assetIdSchema.parse("00000000-0000-4000-8000-000000000001");
    const body = { kind: "picture", marked: true, itemId, assetId, width: 300, height: 200 } as const;
    await drive(page, {
      ...people,
      messages: [
        aMessage({ seq: 1, participantId: maria, body }),
        aMessage({ seq: 2, participantId: anna, body }),
      ],
    });
    await page.getByRole("button", { name: "Your picture with marks. Open it in the panel" }).waitFor();
    await page.getByRole("button", { name: "Picture with marks from Anna. Open it in the panel" }).click();
    expect(await wishes(page, "item")).toEqual([[itemId, assetId]]);
    await page.close();
  });

  it("[CH11] at the end it follows, above it stays and offers the new ones", async () => {
    const page = await harness.open();
    await drive(page, { ...people, messages: many(1, 40) });
    await page.getByText("message 40", { exact: true }).waitFor();
    await expect.poll(async () => (await scroll(page)).left).toBeLessThanOrEqual(1);
    await page.getByTestId("chat-log").evaluate((log) => log.scrollTo({ top: 200 }));
    await page.getByRole("button", { name: "To the latest message" }).waitFor();
    const before = await scroll(page);
    await drive(page, { messages: many(1, 42) });
    const pill = page.getByRole("button", { name: "2 new messages" });
    await pill.waitFor();
    expect((await scroll(page)).top).toBe(before.top);
    await pill.click();
    await expect.poll(async () => (await scroll(page)).left).toBeLessThanOrEqual(1);
    await page.close();
  });

  it("[CH12] earlier messages put in above do not move what is being read", async () => {
    const page = await harness.open();
    await drive(page, { ...people, messages: many(30, 70), hasEarlier: true });
    const log = page.getByTestId("chat-log");
    await page.getByText("message 70", { exact: true }).waitFor();
    await log.evaluate((element) => element.scrollTo({ top: 0 }));
    await page.getByRole("button", { name: "Show earlier messages" }).click();
    expect(await wishes(page, "earlier")).toHaveLength(1);
    const reading = page.getByText("message 34", { exact: true });
    const before = await reading.boundingBox();
    await drive(page, { messages: many(1, 70), hasEarlier: false });
    await page.getByText("message 3", { exact: true }).waitFor({ state: "attached" });
    const after = await reading.boundingBox();
    // The button above goes as well: one line less, nothing else.
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(48);
    await page.close();
  });

  it("[CH10] seen is said only at the end and while looked at", async () => {
    const page = await harness.open();
    await drive(page, { ...people, messages: many(1, 30), active: false });
    await page.getByText("message 30", { exact: true }).waitFor();
    expect(await wishes(page, "seen")).toEqual([]);
    await drive(page, { active: true });
    await expect.poll(() => wishes(page, "seen")).toEqual([[30]]);
    await page.getByTestId("chat-log").evaluate((log) => log.scrollTo({ top: 0 }));
    await page.getByRole("button", { name: "To the latest message" }).waitFor();
    await drive(page, { messages: many(1, 31) });
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    expect(await wishes(page, "seen")).toEqual([[30]]);
    await page.close();
  });

  it("shows a recommendation with both prices and puts the chosen variant into the cart, without serious axe findings", async () => {
    const page = await harness.open();
    const variant = (externalId: string, label: string, available = true) => ({
      externalId,
      label,
      priceMinor: 12_900,
      saleMinor: 9_900,
      available,
    });
    const product = {
      productId: productIdSchema.parse("44444444-4444-7444-8444-444444444444"),
      externalId: "bag",
      title: "Shoulder bag “Lume”",
      url: "https://shop.example/bag",
      priceMinor: 12_900,
      saleMinor: 9_900,
      currency: "EUR",
      available: true,
      pictureId: null,
      variants: [variant("s", "Small"), variant("m", "Medium", false), variant("l", "Large")],
    };
    const body = { kind: "recommendation", product, text: "This one is lighter." } as const;
    await drive(page, {
      ...people,
      messages: [aMessage({ seq: 1, participantId: anna, body }), aMessage({ seq: 2, participantId: maria })],
      typing: [anna],
    });
    const card = page.getByRole("article", { name: product.title });
    await card.waitFor();
    expect(await card.locator("del").textContent()).toContain("€129.00");
    await card.getByLabel("Variant").selectOption("l");
    await page.getByTestId("card-add-to-cart").click();
    await card.getByText("In the cart").waitFor();
    expect(await wishes(page, "cart")).toEqual([["l"]]);
    await page.getByTestId("card-add-to-wishlist").click();
    await card.getByText("Saved").waitFor();
    expect(await wishes(page, "wishlist")).toEqual([[product.externalId]]);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter((one) => one.impact === "serious" || one.impact === "critical")).toEqual([]);
    await page.close();
  });
});

describe("the composer", () => {
  it("[CH13] Enter sends, Shift+Enter does not, nor does Enter inside an input method", async () => {
    const page = await harness.open();
    const input = page.getByTestId("chat-input");
    await input.fill("one");
    await input.press("Shift+Enter");
    await input.pressSequentially("two");
    await input.evaluate((area) =>
      area.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }),
      ),
    );
    expect(await wishes(page, "send")).toEqual([]);
    await input.press("Enter");
    expect(await wishes(page, "send")).toEqual([["one\ntwo"]]);
    expect(await input.inputValue()).toBe("");
    expect(await wishes(page, "typing")).toEqual([[true], [false]]);
    await page.close();
  });

  it("[CH14] a text that is too long is kept, counted and not sent", async () => {
    const page = await harness.open();
    const input = page.getByTestId("chat-input");
    const long = "x".repeat(MAX_MESSAGE_CHARS + 3);
    await input.fill(long);
    await page.getByText("-3 characters left").waitFor();
    await page.getByTestId("chat-send").click({ force: true });
    await input.press("Enter");
    expect(await wishes(page, "send")).toEqual([]);
    expect(await input.inputValue()).toBe(long);
    await page.close();
  });

  it("[CH15] dropped pictures go to the host, dropped words do not", async () => {
    const page = await harness.open();
    const drop = (kind: "file" | "text") =>
      page.getByTestId("chat-input").evaluate((area, wanted) => {
        const dataTransfer = new DataTransfer();
        if (wanted === "file") dataTransfer.items.add(new File(["x"], "bag.heic"));
        else dataTransfer.setData("text/plain", "words");
        const options = { dataTransfer, bubbles: true, cancelable: true };
        return ["dragenter", "dragover", "drop"].map((type) =>
          area.dispatchEvent(new DragEvent(type, options)),
        );
      }, kind);
    expect(await drop("text")).toEqual([true, true, true]);
    expect(await wishes(page, "files")).toEqual([]);
    // A page that does not say that it takes them is left for the file itself.
    expect(await drop("file")).toEqual([false, false, false]);
    expect(await wishes(page, "files")).toEqual([[["bag.heic"]]]);
    await page.close();
  });

  it("[CH15] pasted pictures go to the host, pasted words stay words", async () => {
    const page = await harness.open();
    const paste = (kind: "file" | "text") =>
      page.getByTestId("chat-input").evaluate((area, wanted) => {
        const data = new DataTransfer();
        if (wanted === "file") data.items.add(new File(["x"], "bag.heic"));
        else data.setData("text/plain", "words");
        const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        return area.dispatchEvent(event);
      }, kind);
    expect(await paste("text")).toBe(true);
    expect(await paste("file")).toBe(false);
    expect(await wishes(page, "files")).toEqual([[["bag.heic"]]]);
    await page
      .getByTestId("panel-upload")
      .setInputFiles({ name: "chosen.jpg", mimeType: "image/jpeg", buffer: Buffer.from("x") });
    expect(await wishes(page, "files")).toEqual([[["bag.heic"]], [["chosen.jpg"]]]);
    await page.close();
  });
});
