/** The main job, end to end, with the real catalogue and real photos: shop page, frame, desk, panel, report. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { clickWith, drag, readStage, waitForItem, waitForMarks, waitForShown } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  say,
} from "./support/people";

const demo = inject("demo");

// The real catalogue and photos are not part of the repository; a clone without them skips this file and says so.
describe.skipIf(demo.realData === "")("the main job, with the real catalogue (needs ../shared/data)", () => {
  let shopperBrowser: Browser;
  let agentBrowser: Browser;
  beforeAll(async () => {
    [shopperBrowser, agentBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
  });
  afterAll(async () => {
    await Promise.all([shopperBrowser?.close(), agentBrowser?.close()]);
  });

  it("goes from a photo to a bought recommendation, and the manager sees it", async () => {
    const agent = await openMember(agentBrowser, demo, demo.agent);
    const shopper = await openShopper(shopperBrowser, `${demo.shopUrl}/p/CAP-02`);
    await shopper.page.goto(`${demo.shopUrl}/p/CAP-04`);

    // She opens the frame and sends the photo of what she owns, straight from an iPhone.
    await openFrame(shopper);
    await say(shopper.frame, "Do you have this, but in blue?");
    const conversation = await findWaiting(agent, "Do you have this, but in blue?");
    await shopper.frame
      .getByTestId("panel-upload")
      .setInputFiles(`${demo.realData}/photos/iphone_13_pro_max.HEIC`);
    const photo = await waitForItem(shopper.frame);

    // The agent is rung, accepts, and sees words, photo and trail.
    await acceptConversation(agent, conversation);
    await expect.poll(() => agent.page.getByTestId("chat-log").textContent()).toContain("but in blue?");
    await waitForShown(agent.page, photo);
    const trail = () => agent.page.getByTestId("visitor-trail").textContent();
    await expect.poll(trail).toContain("Cable rib beanie");
    await expect.poll(trail).toContain("Fine rib roll beanie");

    // Both draw at once; nobody has to let go first.
    await Promise.all([
      drag(shopper.page, shopper.frame, "ellipse", [0.4, 0.4], [0.55, 0.55]),
      drag(agent.page, agent.page, "arrow", [0.7, 0.7], [0.55, 0.55]),
    ]);
    await waitForMarks(shopper.frame, 2);
    await waitForMarks(agent.page, 2);

    // Undo takes back one's own mark only.
    await shopper.frame.getByTestId("undo").click();
    await waitForMarks(agent.page, 1);
    await shopper.frame.getByTestId("redo").click();
    await waitForMarks(agent.page, 2);

    // Each tool leaves a mark that the other side has too; the laser leaves none.
    await drag(agent.page, agent.page, "rect", [0.3, 0.3], [0.4, 0.4]);
    await drag(agent.page, agent.page, "pen", [0.3, 0.5], [0.5, 0.6]);
    await drag(agent.page, agent.page, "highlighter", [0.3, 0.6], [0.5, 0.65]);
    await clickWith(agent.page, agent.page, "pin", [0.6, 0.4]);
    await waitForMarks(shopper.frame, 6);
    await clickWith(agent.page, agent.page, "text", [0.5, 0.3]);
    await agent.page.keyboard.type("This seam");
    await agent.page.keyboard.press("Control+Enter");
    await waitForMarks(shopper.frame, 7);
    await drag(agent.page, agent.page, "laser", [0.4, 0.4], [0.5, 0.5]);
    expect((await readStage(shopper.frame)).marks).toBe(7);
    await clickWith(agent.page, agent.page, "eraser", [0.6, 0.4]);
    await waitForMarks(shopper.frame, 6);

    // The agent finds a product, shows it, goes back to the photo by the strip: its marks are still there.
    await agent.page.getByTestId("catalogue-search").fill("smocked midi");
    const card = agent.page.getByTestId("product-card").filter({ hasText: "Smocked midi dress" }).first();
    await card.getByTestId("show-on-panel").click();
    const product = await waitForItem(shopper.frame, photo);
    await waitForMarks(shopper.frame, 0);
    await agent.page.getByTestId("panel-strip").getByRole("button").first().click();
    await expect.poll(async () => (await readStage(shopper.frame)).item).toBe(photo);
    await waitForMarks(shopper.frame, 6);

    // The agent takes the photo off, and is asked because the shopper drew on it; undone, it is back with every mark.
    await agent.page.locator(`[data-strip-item="${photo}"]`).press("Delete");
    await agent.page.getByTestId("take-off-yes").click();
    await waitForShown(shopper.frame, product);
    await agent.page.getByTestId("take-off-undo").click();
    await waitForShown(shopper.frame, photo);
    await waitForMarks(shopper.frame, 6);

    // Zooming together: the agent's zoom moves her picture as well.
    await agent.page.getByTestId("zoom-in").click();
    await expect.poll(async () => (await readStage(shopper.frame)).zoom).toBeGreaterThan(1);
    await agent.page.getByTestId("zoom-fit").click();
    await expect.poll(async () => (await readStage(shopper.frame)).zoom).toBeCloseTo(1, 2);
    // Looking alone: it does not.
    await shopper.frame.getByTestId("follow").click();
    await agent.page.getByTestId("zoom-in").click();
    await expect.poll(async () => (await readStage(agent.page)).zoom).toBeGreaterThan(1);
    expect((await readStage(shopper.frame)).zoom).toBeCloseTo(1, 2);
    await shopper.frame.getByTestId("follow").click();
    await expect.poll(async () => (await readStage(shopper.frame)).zoom).toBeGreaterThan(1);

    // Locked, she cannot draw; unlocked, she can.
    await agent.page.getByTestId("lock-drawing").click();
    await expect.poll(() => shopper.frame.getByTestId("tool-pen").isDisabled()).toBe(true);
    await agent.page.getByTestId("lock-drawing").click();
    await expect.poll(() => shopper.frame.getByTestId("tool-pen").isDisabled()).toBe(false);

    // The recommendation arrives as a card; she puts it into the shop's own cart and buys it.
    await card.getByTestId("recommend").click();
    const recommended = shopper.frame.getByTestId("chat-log").getByText("Smocked midi dress").first();
    await recommended.waitFor();
    await shopper.frame.getByTestId("chat-log").getByTestId("card-add-to-cart").first().click();
    await expect.poll(() => shopper.page.getByTestId("cart-count").textContent()).toContain("1");
    await shopper.page.goto(`${demo.shopUrl}/cart`);
    await shopper.frame.getByTestId("chat-log").getByText("but in blue?").waitFor();
    await shopper.page.goto(`${demo.shopUrl}/checkout`);
    await shopper.page.getByTestId("place-order").click();
    await shopper.page.waitForURL("**/thank-you*");

    // The agent sees the order beside her, and takes where it is into the reply.
    await agent.page.getByRole("tab", { name: "Customer" }).click();
    const orders = agent.page.getByTestId("customer-orders");
    await orders.getByRole("button").first().click();
    await orders.getByTestId("order-to-reply").click();
    const reference = (await orders.locator("b").first().textContent()) ?? "none";
    await expect.poll(() => agent.page.getByTestId("chat-input").inputValue()).toContain(`${reference} · `);

    // The manager finds the conversation among those whose recommendation was bought, and its journey in order.
    const manager = await openMember(
      agentBrowser,
      demo,
      demo.manager,
      "/insights/conversations?state=bought",
    );
    await expect
      .poll(
        async () => {
          await manager.page.reload();
          return manager.page.getByTestId("journey-link").count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBeGreaterThan(0);
    await manager.page.getByTestId("journey-link").first().click();
    const steps = manager.page.getByTestId("journey-step");
    await steps.first().waitFor();
    const order = await steps.evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-type")));
    const at = (type: string) => order.indexOf(type);
    for (const type of [
      "product_viewed",
      "item_shown",
      "mark_drawn",
      "product_recommended",
      "cart_changed",
      "order_placed",
    ]) {
      expect(order, `the journey holds ${type}`).toContain(type);
    }
    expect(at("product_viewed")).toBeLessThan(at("product_recommended"));
    expect(at("product_recommended")).toBeLessThan(order.lastIndexOf("order_placed"));

    // She ends the conversation; both sides are told.
    await shopper.frame.getByTestId("end-conversation").click();
    await shopper.frame.getByRole("dialog").getByRole("button", { name: /end/i }).click();
    await expect.poll(() => agent.page.locator("body").textContent()).toMatch(/ended/i);

    expect(product).not.toBe(photo);
    for (const person of [shopper, agent, manager]) expect(person.errors).toEqual([]);
    await Promise.all([shopper.close(), agent.close(), manager.close()]);
  }, 240_000);
});
