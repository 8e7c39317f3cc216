/** From a recommendation to a figure and back: the manager opens each number down to the conversation behind it. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { drag, waitForItem, waitForMarks, waitForPicture } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Person,
  phone,
  say,
} from "./support/people";

const demo = inject("demo");
/** Of the demo's catalogue. */
const PRODUCT = "Nives cable sweater";
const parts = ["", "/influence", "/people", "/products", "/conversations", "/live", "/passages"];
/** One click behind figures of these. */
const lists = ["/visits", "/invitations"];

let shopperBrowser: Browser;
let shopBrowser: Browser;
let agent: Person;
let manager: Person;
let conversation = "";
const filmPath = () => `/insights/conversations/${conversation}`;

beforeAll(async () => {
  [shopperBrowser, shopBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
  agent = await openMember(shopBrowser, demo, demo.agent);
  manager = await openMember(shopBrowser, demo, demo.manager, "/insights/live");
});
afterAll(async () => {
  await Promise.all([shopperBrowser?.close(), shopBrowser?.close()]);
});

const openPart = (path: string) => manager.page.goto(`${demo.baseUrl}/insights${path}`);

describe("a manager follows a sale", () => {
  it("the live screen counts a conversation as it begins, by itself", async () => {
    const talking = manager.page.getByTestId("live-talking");
    const before = Number(await talking.textContent());
    await manager.page.locator('[data-testid="live-board"][data-line="live"]').waitFor();

    const shopper = await openShopper(shopperBrowser, demo.shopUrl, phone);
    await openFrame(shopper);
    await say(shopper.frame, "Something warm, please");
    conversation = await findWaiting(agent, "Something warm, please");
    await acceptConversation(agent, conversation);
    await expect.poll(async () => Number(await talking.textContent())).toBe(before + 1);

    await agent.page.getByTestId("catalogue-search").fill(PRODUCT);
    const card = agent.page.getByTestId("product-card").filter({ hasText: PRODUCT }).first();
    await card.getByTestId("show-on-panel").click();
    await waitForItem(shopper.frame);
    await waitForPicture(agent.page);
    await drag(agent.page, agent.page, "arrow", [0.7, 0.7], [0.5, 0.5]);
    await waitForMarks(shopper.frame, 1);
    await card.getByTestId("recommend").click();
    await shopper.frame.getByTestId("panel-close").click();
    await shopper.frame.getByTestId("card-add-to-cart").first().tap();
    await expect.poll(() => shopper.page.getByTestId("cart-count").textContent()).toContain("1");
    await shopper.frame.getByRole("button", { name: "Close" }).click();
    await shopper.page.goto(`${demo.shopUrl}/checkout`);
    await shopper.page.getByTestId("place-order").click();
    await shopper.page.waitForURL("**/thank-you*");
    expect([...shopper.errors, ...agent.errors, ...manager.errors]).toEqual([]);
    await shopper.close();
  });

  it("what she bought stands under its reason, with the rule beside it, and opens down to her conversation", async () => {
    const direct = manager.page.locator('[data-kind="recommended"]');
    const behind = manager.page.locator("#behind");
    await expect
      .poll(
        async () => {
          await openPart("/influence?kind=recommended");
          return behind.locator(`a[href="${filmPath()}"]`).count();
        },
        { interval: 500 },
      )
      .toBe(1);
    expect(await direct.textContent()).toContain("Rule: last one takes all · window 30 days");
    const line = behind.getByRole("row").filter({ has: manager.page.locator(`a[href="${filmPath()}"]`) });
    expect(await line.textContent()).toContain(PRODUCT);

    await openPart("/influence?step=ordered");
    await behind.locator(`a[href="${filmPath()}"]`).first().waitFor();
    await openPart("/conversations?state=bought");
    await manager.page.locator(`a[href="${filmPath()}"]`).waitFor();
  });

  it("[IN240] a product's page leads to the conversations about it alone, and the filter can be taken away", async () => {
    await openPart("/products");
    await manager.page.getByRole("link", { name: PRODUCT }).first().click();
    await manager.page.locator("#steps").waitFor();
    expect(await manager.page.locator('select[name="category"]').count()).toBe(0);
    await manager.page.locator('nav[aria-labelledby="only-this"]').getByText("Conversations").click();
    await manager.page.locator(`a[href="${filmPath()}"]`).waitFor();
    await manager.page.getByRole("link", { name: `Product: ${PRODUCT}` }).click();
    await manager.page.waitForURL((url) => !url.searchParams.has("productId"));
  });

  it.each(["CSV", "JSON"])("the list is a %s file with one row of it", async (kind) => {
    await openPart("/conversations?state=bought");
    const file = manager.page.waitForEvent("download");
    await manager.page.getByRole("link", { name: kind }).click();
    const stream = await (await file).createReadStream();
    let text = "";
    for await (const piece of stream) text += piece;
    expect(text.split("\n").filter((row) => row.includes(conversation))).toHaveLength(1);
  });

  it("[AT9] every part says by which window it counts", async () => {
    for (const part of parts.slice(0, -1)) {
      await openPart(part);
      await manager.page
        .getByText(/window 30 days/i)
        .filter({ visible: true })
        .first()
        .waitFor();
    }
  });

  it("[IN243] a pair of products opens its cases, and what is no pair is not found", async () => {
    await openPart("/products");
    const ids = await manager.page
      .locator('a[href*="/insights/products/"]')
      .evaluateAll((links) =>
        links.map((link) => new URL((link as HTMLAnchorElement).href).pathname.slice(19)),
      );
    const [first, second] = [...new Set(ids)];
    for (const kind of ["together", "ledTo"]) {
      const asked = `kind=${kind}&first=${first}&second=${second ?? first}`;
      await openPart(`/pairs?${asked}&state=first`);
      await manager.page.locator("#cases-title").waitFor();
      const file = manager.page.locator('a[href*="/insights/export/pair-cases"]').first();
      const address = await file.evaluate((link) => (link as HTMLAnchorElement).href);
      expect((await manager.page.request.get(address)).status(), address).toBe(200);
    }
    expect((await openPart("/pairs?kind=together"))?.status()).toBe(404);
  });

  it("every file that a page offers comes", async () => {
    for (const part of [...parts, ...lists]) {
      await openPart(part);
      const files = await manager.page
        .locator('a[href*="/insights/export/"]')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
      for (const address of new Set(files)) {
        const answer = await manager.page.request.get(address);
        expect(answer.status(), address).toBe(200);
      }
    }
  });

  it("the film shows her panel as it was, and a passage of it is kept under a name and handed on", async () => {
    await manager.page.goto(`${demo.baseUrl}${filmPath()}`);
    await manager.page.getByTestId("film-moment").last().click();
    await waitForMarks(manager.page, 1);
    await manager.page.getByTestId("film-moment").first().click();
    await manager.page.getByTestId("film-choose").click();
    await manager.page.getByTestId("film-name").fill("How to show a sweater");
    await manager.page.getByTestId("film-keep").click();
    await manager.page.getByTestId("film-kept").waitFor();

    await openPart("/passages");
    const link = manager.page.getByRole("link", { name: "How to show a sweater" }).first();
    const address = (await link.getAttribute("href")) ?? "";
    expect(address).toContain(filmPath());
    // Her own agent may see it; it stands where the passage begins, with nothing of the managers' report.
    await agent.page.goto(`${demo.baseUrl}${address}`);
    await agent.page.getByTestId("film-chosen").waitFor();
    expect(await agent.page.getByTestId("film-keep").count()).toBe(0);
    expect(await agent.page.getByTestId("journey-step").count()).toBe(0);
    expect([...agent.errors, ...manager.errors]).toEqual([]);
  });

  it("[RE23] a kept passage's link opens that passage for an agent who had no part in it, and nothing else", async () => {
    const admin = await openMember(shopBrowser, demo, demo.admin, "/settings");
    const email = `rosa-${Date.now()}@demo.example`;
    const form = admin.page.locator("form").filter({ has: admin.page.locator('input[name="email"]') });
    await form.locator('input[name="name"]').fill("Rosa");
    await form.locator('input[name="email"]').fill(email);
    await form.locator('button[type="submit"]').click();
    const told = admin.page.locator('section[aria-labelledby="people-title"] code');
    const password = (await told.textContent()) ?? "";
    await admin.close();

    await openPart("/passages");
    const link = manager.page.getByRole("link", { name: "How to show a sweater" }).first();
    const address = (await link.getAttribute("href")) ?? "";
    const rosa = await openMember(shopBrowser, demo, { email, password });
    await rosa.page.goto(`${demo.baseUrl}${address}`);
    await rosa.page.getByTestId("film-chosen").waitFor();
    await rosa.page.getByTestId("film").waitFor();
    expect(await rosa.page.getByTestId("film-keep").count()).toBe(0);
    const whole = await rosa.page.goto(`${demo.baseUrl}${filmPath()}`);
    expect(whole?.status()).toBe(404);
    expect(await rosa.page.getByTestId("film").count()).toBe(0);
    expect(rosa.errors).toEqual([]);
    await rosa.close();
  });

  it("[IN244] a printed page has nothing to press, says what its numbers mean, and cuts no table off", async () => {
    const { page } = manager;
    // A4 upright, between its margins, in CSS pixels.
    await page.setViewportSize({ width: 718, height: 1_000 });
    for (const part of ["", "/influence", "/people", "/products", "/conversations", "/visits"]) {
      await openPart(part);
      await page.emulateMedia({ media: "print" });
      // Which of several lists it is stays on the paper.
      const pressed = 'button, form, nav a:not([aria-current]), a[href*="/insights/export/"]';
      const shown = (selector: string) => page.locator(selector).filter({ visible: true }).count();
      expect(await shown(pressed), part).toBe(0);
      const definitions = 'details[name="definition"] > div';
      // What comes behind the figures is shown a moment after it is there.
      const unsaid = () =>
        page
          .locator(definitions)
          .evaluateAll((all) =>
            all
              .filter((one) => one.getBoundingClientRect().height === 0)
              .map((one) => one.parentElement?.querySelector("summary")?.getAttribute("aria-label")),
          );
      await expect.poll(unsaid, { message: part, timeout: 5_000 }).toEqual([]);
      expect(await shown("table"), part).toBeGreaterThan(0);
      const tables = page.locator("table").filter({ visible: true });
      for (const wide of await tables.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().right),
      ))
        expect(wide, part).toBeLessThanOrEqual(718);
      await page.emulateMedia({ media: null });
    }
    await page.setViewportSize({ width: 1_440, height: 900 });
  });

  it("another rule changes what stands beside the figures, and the figures with it", async () => {
    const admin = await openMember(shopBrowser, demo, demo.admin, "/settings/reports");
    const choose = async (model: string) => {
      await admin.page.locator('select[name="model"]').selectOption(model);
      await admin.page.getByTestId("save-reports").click();
      await admin.page.getByRole("status").filter({ hasText: /./ }).waitFor();
    };
    await choose("linear");
    await openPart("/influence");
    expect(await manager.page.locator("#funnel").textContent()).toContain("Rule: shared equally");
    await choose("last");
    await manager.page.reload();
    expect(await manager.page.locator("#funnel").textContent()).toContain("Rule: last one takes all");
    expect([...admin.errors, ...manager.errors]).toEqual([]);
    await admin.close();
  });

  it("every part fits on a phone, and none is an agent's", async () => {
    const handheld = await openMember(shopBrowser, demo, demo.manager, "/insights", phone);
    for (const part of [...parts, ...lists]) {
      await handheld.page.goto(`${demo.baseUrl}/insights${part}`);
      const [wide, shown] = await handheld.page
        .locator("html")
        .evaluate((html) => [html.scrollWidth, html.clientWidth]);
      expect(wide, part).toBe(shown);
      const refused = await agent.page.goto(`${demo.baseUrl}/insights${part}`);
      expect(refused?.ok(), part).toBe(true);
      await agent.page.getByText("These pages are for managers").waitFor();
    }
    expect(handheld.errors).toEqual([]);
    await handheld.close();
  });
});
