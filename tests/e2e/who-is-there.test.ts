/** A shop puts us in: what its pages say of their visitors, through the whole product. */
import { SignJWT } from "jose";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { waitForPicture } from "./support/panel";
import {
  acceptConversation,
  findWaiting,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Shopper,
  say,
} from "./support/people";

const demo = inject("demo");
/** So that nobody of an earlier run is met. */
const run = Date.now() % 1_000_000;
const mara = { sub: `K-${run}-1`, name: `Mara ${run}` };
const theo = { sub: `K-${run}-2`, name: `Theo ${run}` };

let browsers: readonly [Browser, Browser];
let secret = "";
beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  const admin = await openMember(browsers[1], demo, demo.admin, "/settings/install");
  await admin.page.getByTestId("make-identity-secret").click();
  secret = (await admin.page.getByTestId("identity-secret").locator("code").textContent()) ?? "";
  await admin.close();
});
afterAll(async () => {
  await Promise.all(browsers?.map((browser) => browser.close()) ?? []);
});

/** As the shop's server would. */
const signed = ({ sub, name }: typeof mara) =>
  new SignJWT({ name, email: `${sub}@customers.example` })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));

/** The page says who is logged in, as its template would. */
async function logIn({ page }: Shopper, token: string): Promise<void> {
  await page.evaluate((identity) => window.vetrina?.("identify", { token: identity }), token);
}

describe("a shop's pages and their visitors", () => {
  it("[WI17] the shop's own button asks about its product: the question is there, and the product on the panel", async () => {
    const agent = await openMember(browsers[1], demo, demo.agent);
    const shopper = await openShopper(browsers[0], demo.shopUrl);
    await shopper.page.locator('a[href*="/demo/p/"]').first().click();
    const title = (await shopper.page.locator("h1").textContent()) ?? "";
    await shopper.page.getByTestId("ask-about").click();
    const words = `I have a question about “${title}”.`;
    await shopper.frame.getByTestId("chat-log").getByText(words).waitFor();
    await acceptConversation(agent, await findWaiting(agent, words));
    await waitForPicture(agent.page);
    expect(await agent.page.getByTestId("panel-stage").getAttribute("data-item")).not.toBe("");
    // Pressed again it asks nothing twice.
    await shopper.frame.getByTestId("chat-input").waitFor();
    expect(await shopper.frame.getByTestId("chat-log").getByText(words).count()).toBe(1);
    expect([...shopper.errors, ...agent.errors]).toEqual([]);
    await shopper.close();
    await agent.close();
  });

  it("[FR17] what she sends before the page knows who she is arrives, and nothing is said about it", async () => {
    const agent = await openMember(browsers[1], demo, demo.agent);
    const shopper = await openShopper(browsers[0], "about:blank");
    let letThrough = (): void => undefined;
    const knows = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await shopper.page.route("**/api/v1/visitors", async (route) => {
      await knows;
      await route.continue();
    });
    await shopper.page.goto(demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "Quick as I am");
    letThrough();
    await acceptConversation(agent, await findWaiting(agent, "Quick as I am"));
    expect(await shopper.frame.getByRole("alert").count()).toBe(0);
    expect([...shopper.errors, ...agent.errors]).toEqual([]);
    await shopper.close();
    await agent.close();
  });

  it("[FR17] a line that failed when the page asked who she is does not keep her from writing", async () => {
    const agent = await openMember(browsers[1], demo, demo.agent);
    const shopper = await openShopper(browsers[0], "about:blank");
    await shopper.page.route("**/api/v1/visitors", (route) => route.abort());
    await shopper.page.goto(demo.shopUrl);
    await openFrame(shopper);
    await shopper.page.unroute("**/api/v1/visitors");
    await say(shopper.frame, "Are you there at all?");
    await acceptConversation(agent, await findWaiting(agent, "Are you there at all?"));
    expect([...shopper.errors, ...agent.errors]).toEqual([]);
    await shopper.close();
    await agent.close();
  });

  it("[VI10] [VI11] a customer who logs in is called by her name; who comes after her at the same computer sees nothing of her", async () => {
    const agent = await openMember(browsers[1], demo, demo.agent);
    const shopper = await openShopper(browsers[0], demo.shopUrl);
    await openFrame(shopper);
    await say(shopper.frame, "Is my ring ready?");
    await acceptConversation(agent, await findWaiting(agent, "Is my ring ready?"));
    await logIn(shopper, await signed(mara));
    await agent.page.getByText(mara.sub, { exact: true }).waitFor();
    await agent.page.getByTestId("conversation-row").filter({ hasText: mara.name }).waitFor();

    await shopper.page.evaluate(() => window.vetrina?.("logout"));
    await shopper.frame.getByText("Is my ring ready?").waitFor({ state: "detached" });
    await logIn(shopper, await signed(theo));
    await say(shopper.frame, "Where is my parcel?");
    await acceptConversation(agent, await findWaiting(agent, "Where is my parcel?"));
    await agent.page.getByTestId("conversation-row").filter({ hasText: theo.name }).waitFor();
    await agent.page.getByText(theo.sub, { exact: true }).waitFor();
    expect(await shopper.frame.getByTestId("chat-log").textContent()).not.toContain("ring");
    expect([...shopper.errors, ...agent.errors]).toEqual([]);
    await shopper.close();
    await agent.close();
  });

  it("[IN81] the install check names the pages that were just opened, and what they told", async () => {
    const shopper = await openShopper(browsers[0], demo.shopUrl);
    await shopper.page.locator('a[href*="/demo/p/"]').first().click();
    await shopper.page.getByTestId("add-to-cart").waitFor();
    const address = new URL(shopper.page.url());
    const admin = await openMember(browsers[1], demo, demo.admin, "/settings/install");
    await expect
      .poll(async () => {
        await admin.page.reload();
        return admin.page.locator("table").textContent();
      })
      .toContain(`${address.host}${address.pathname}`);
    const checks = await admin.page.getByTestId("install-checks").textContent();
    expect(checks).toMatch(/The script was seen on/);
    expect(checks).toMatch(/products? (was|were) looked at/);
    expect([...shopper.errors, ...admin.errors]).toEqual([]);
    await shopper.close();
    await admin.close();
  });
});
