/** Two keys: the agent proposes, the customer on her phone says yes, and the demo shop's own cart has it, or says why not. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Person,
  phone,
  type Shopper,
  say,
} from "./support/people";

const demo = inject("demo");
/** Of the demo's catalogue; in several sizes. */
const PRODUCT = "Nives cable sweater";

describe("a basket built together", () => {
  let shopperBrowser: Browser;
  let agentBrowser: Browser;
  let shopper: Shopper;
  let agent: Person;
  beforeAll(async () => {
    [shopperBrowser, agentBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
    agent = await openMember(agentBrowser, demo, demo.agent);
    shopper = await openShopper(shopperBrowser, demo.shopUrl, phone);
    await openFrame(shopper);
    await say(shopper.frame, "What would go with it?");
    await accept(agent, "What would go with it?");
  });
  afterAll(async () => {
    await Promise.all([shopperBrowser?.close(), agentBrowser?.close()]);
  });

  /** By keyboard, from the search to the proposal. */
  async function propose(variant: number, quantity: number): Promise<void> {
    await agent.page.getByTestId("catalogue-search").fill(PRODUCT);
    const tile = agent.page.getByTestId("product-card").filter({ hasText: PRODUCT }).first();
    await tile.getByTestId("propose").press("Enter");
    const form = agent.page.getByTestId("propose-form");
    const choice = form.getByTestId("propose-variant");
    const values = await choice
      .locator("option:not([disabled])")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    await choice.selectOption(values[variant] ?? "");
    for (let pieces = 1; pieces < quantity; pieces++) await form.getByTestId("basket-more").press("Enter");
    await form.getByTestId("propose-send").press("Enter");
    await form.waitFor({ state: "detached" });
  }
  const cards = () => shopper.frame.getByTestId("basket-card");
  const shared = (state: string) => agent.page.locator(`[data-testid="shared-line"][data-state="${state}"]`);
  const cartCount = () => shopper.page.getByTestId("cart-count").textContent();

  it("what the agent proposes and the customer agrees to is in the shop's cart", async () => {
    await propose(0, 2);
    await cards().first().waitFor();
    await shopper.frame.getByTestId("basket-more").first().tap();
    await shopper.frame.getByTestId("basket-yes").first().tap();
    await expect.poll(() => cards().first().getAttribute("data-state")).toBe("in_cart");
    await expect.poll(cartCount).toBe("3");
    // The agent sees what her page said, and the cart itself as it is now.
    await agent.page.getByTestId("tab-customer").click();
    await shared("in_cart").waitFor();
    await expect.poll(() => shared("in_cart").textContent()).toMatch(/In the cart$/);
    await expect.poll(() => agent.page.getByTestId("visitor-cart").textContent()).toContain(PRODUCT);
    await expect.poll(() => agent.page.getByTestId("visitor-cart").textContent()).toContain("3 ×");
    await shopper.frame.getByTestId("chat-log").getByText("is in the cart").waitFor();
  });

  it("what has just sold out in the shop is refused with that reason, to both", async () => {
    await shopper.page.route("**/demo/line/**", (route) => route.fulfill({ status: 409, body: "{}" }));
    await propose(1, 1);
    await cards().nth(1).waitFor();
    await shopper.frame.getByTestId("basket-yes").last().tap();
    await expect.poll(() => cards().nth(1).getAttribute("data-state")).toBe("refused");
    expect(await cards().nth(1).textContent()).toContain("It has just sold out.");
    await agent.page.getByTestId("tab-customer").click();
    expect(await shared("refused").textContent()).toContain("It has just sold out.");
    expect(await cartCount()).toBe("3");
    await shopper.page.unroute("**/demo/line/**");
    await shopper.frame.getByTestId("basket-yes").last().tap();
    await expect.poll(() => cards().nth(1).getAttribute("data-state")).toBe("in_cart");
    await expect.poll(cartCount).toBe("4");
  });

  it("a page load keeps all of it, no thanks is a no, and what is withdrawn cannot be agreed to", async () => {
    await propose(2, 1);
    await cards().nth(2).waitFor();
    await shopper.page.reload();
    await expect.poll(() => cards().nth(2).getAttribute("data-state")).toBe("proposed");
    expect(await shopper.frame.getByTestId("basket-toggle").textContent()).toContain("2 in the cart");
    await shopper.frame.getByTestId("basket-no").last().tap();
    await agent.page.getByTestId("tab-customer").click();
    await shared("declined").waitFor();
    await propose(2, 1);
    await cards().nth(3).waitFor();
    await agent.page.getByTestId("tab-customer").click();
    await agent.page.getByTestId("basket-withdraw").click();
    await expect.poll(() => cards().nth(3).getAttribute("data-state")).toBe("withdrawn");
    expect(await cards().nth(3).getByTestId("basket-yes").count()).toBe(0);
    expect(await cartCount()).toBe("4");
    for (const person of [shopper, agent]) expect(person.errors).toEqual([]);
  });
});
