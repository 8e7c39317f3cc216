/** Several agents and a supervisor can be in the panel at once; the supervisor changes nothing. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { drag, waitForItem, waitForMarks, waitForShown } from "./support/panel";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  say,
  showFirstProduct,
} from "./support/people";

const demo = inject("demo");
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

describe("five people in one panel", () => {
  it("three of the shop's people draw with her, a supervisor only watches", async () => {
    const agent = await openMember(browser, demo, demo.agent);
    const shopper = await openShopper(browser, demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "Who can help me?");
    await accept(agent, "Who can help me?");
    await showFirstProduct(agent);
    const item = await waitForItem(shopper.frame);

    const selected = agent.page.locator('[data-testid="conversation-row"][aria-current]');
    const row = `[data-conversation="${await selected.getAttribute("data-conversation")}"]`;

    const second = await openMember(browser, demo, demo.admin);
    await second.page.locator(row).getByTestId("join").click();
    await waitForShown(second.page, item);
    const supervisor = await openMember(browser, demo, demo.manager);
    await supervisor.page.locator(row).getByTestId("supervise").click();
    await waitForShown(supervisor.page, item);
    // The same agent at a second screen is one participant with two connections.
    const again = await openMember(browser, demo, demo.agent);
    await again.page.locator(row).click();
    await waitForShown(again.page, item);

    await Promise.all([
      drag(shopper.page, shopper.frame, "rect", [0.3, 0.3], [0.4, 0.4]),
      drag(agent.page, agent.page, "ellipse", [0.45, 0.3], [0.55, 0.4]),
      drag(second.page, second.page, "arrow", [0.6, 0.6], [0.5, 0.5]),
      drag(again.page, again.page, "pen", [0.3, 0.6], [0.45, 0.65]),
    ]);
    for (const place of [shopper.frame, agent.page, second.page, again.page, supervisor.page]) {
      await waitForMarks(place, 4);
    }
    expect(await supervisor.page.getByTestId("tool-pen").isDisabled()).toBe(true);
    for (const person of [shopper, agent, second, supervisor, again]) {
      expect(person.errors).toEqual([]);
      await person.close();
    }
  });
});
