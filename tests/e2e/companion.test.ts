/** Somebody whom the shopper invited looks along: in a browser of her own, with the address and nothing else. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { drag, waitForItem, waitForMarks, waitForShown } from "./support/panel";
import {
  accept,
  launchBrowser,
  openFrame,
  openMember,
  openPage,
  openShopper,
  type Person,
  phone,
  type Shopper,
  say,
  showFirstProduct,
} from "./support/people";

const demo = inject("demo");

describe("a companion", () => {
  let browsers: Browser[];
  let shopper: Shopper;
  let agent: Person;
  let companion: Person;
  let address: string;
  beforeAll(async () => {
    browsers = await Promise.all([launchBrowser(), launchBrowser()]);
    const [hers, theirs] = browsers as [Browser, Browser];
    agent = await openMember(theirs, demo, demo.agent);
    shopper = await openShopper(hers, demo.shopUrl, phone);
    await openFrame(shopper);
    await say(shopper.frame, "My order was 4711");
    await accept(agent, "My order was 4711");
    await showFirstProduct(agent);
    await waitForItem(shopper.frame);
  });
  afterAll(async () => {
    await Promise.all((browsers ?? []).map((browser) => browser.close()));
  });

  it("[FR50] is invited by an address that the shopper makes", async () => {
    await shopper.frame.getByTestId("invite-companion").click();
    const field = shopper.frame.getByTestId("companion-address");
    await expect.poll(() => field.inputValue()).toMatch(/\/with\/[\w-]{22}$/);
    address = await field.inputValue();
    companion = await openPage(browsers[1] as Browser, address, phone);
  });

  it("[FR19, FR51] reads what she may, gives a name, and sees the picture but not what was said before", async () => {
    const { page } = companion;
    await page.getByText("You cannot order anything").waitFor();
    await page.getByTestId("companion-name").fill("Tom");
    await page.getByRole("button", { name: "Look along" }).click();
    await waitForShown(page, await waitForItem(shopper.frame));
    await expect.poll(() => page.getByTestId("chat-log").textContent()).toContain("Tom (with Guest");
    expect(await page.getByTestId("chat-log").textContent()).not.toContain("4711");
    for (const id of [
      "panel-upload",
      "panel-camera",
      "end-conversation",
      "invite-companion",
      "strip-take-off",
    ])
      expect(await page.getByTestId(id).count(), id).toBe(0);
  });

  it("[FR50] is named to both, and what she draws and writes reaches them", async () => {
    for (const place of [shopper.frame, agent.page])
      await place.getByTestId("chat-log").getByText("is looking along").waitFor();
    await drag(companion.page, companion.page, "rect", [0.3, 0.3], [0.4, 0.4]);
    for (const place of [shopper.frame, agent.page]) await waitForMarks(place, 1);
  });

  it("[FR51] keeps her place over a reload, and makes no second guest of herself", async () => {
    await companion.page.reload();
    await waitForMarks(companion.page, 1);
    const guests = shopper.frame.getByRole("button", { name: /^Send Tom/ });
    expect(await guests.count()).toBe(1);
  });

  it("[FR50] is sent away by a press, and her address leads nowhere any more", async () => {
    await shopper.frame.getByRole("button", { name: /^Send Tom/ }).click();
    await companion.page.getByText("Thank you for looking along").waitFor();
    await companion.page.goto(address);
    await companion.page.getByText("This invitation is no longer valid").waitFor();
    const field = shopper.frame.getByTestId("companion-address");
    await expect.poll(() => field.inputValue()).not.toBe(address);
  });

  it("[DK35] another one is named at the desk, and sent away from there, too", async () => {
    const field = shopper.frame.getByTestId("companion-address");
    await expect.poll(() => field.inputValue()).toMatch(/\/with\/[\w-]{22}$/);
    await companion.page.goto(await field.inputValue());
    await companion.page.getByTestId("companion-name").fill("Eva");
    await companion.page.getByRole("button", { name: "Look along" }).click();
    await agent.page.getByTestId("tab-customer").click();
    const row = agent.page.getByTestId("companions");
    await row.getByText("Eva (with Guest").waitFor();
    expect(await row.textContent()).not.toContain("Tom");
    await row.getByRole("button", { name: /^Send Eva/ }).click();
    await companion.page.getByText("Thank you for looking along").waitFor();
    await row.waitFor({ state: "detached" });
    for (const person of [shopper, agent, companion]) expect(person.errors).toEqual([]);
  });
});
