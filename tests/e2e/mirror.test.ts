/** A customer shows her page: from the question to the end, through the whole product, in two browsers. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { eventually } from "./support/eventually";
import {
  clickInReplica,
  drawInReplica,
  isSaid,
  marksInReplica,
  pressInBar,
  readReplica,
  readScroll,
  waitForReplica,
} from "./support/mirror";
import {
  acceptConversation,
  findWaiting,
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
const checkout = `${demo.shopUrl}/checkout?lang=en`;
const account = `${demo.shopUrl}/account?lang=en`;

let browsers: readonly [Browser, Browser];
beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
});
afterAll(async () => {
  await Promise.all(browsers?.map((browser) => browser.close()) ?? []);
});

async function meet(
  words: string,
  address: string,
  options: Parameters<typeof openShopper>[2] = {},
): Promise<{ shopper: Shopper; agent: Person }> {
  const agent = await openMember(browsers[1], demo, demo.agent);
  const shopper = await openShopper(browsers[0], address, options);
  await openFrame(shopper);
  await say(shopper.frame, words);
  await acceptConversation(agent, await findWaiting(agent, words));
  return { shopper, agent };
}

async function part({ shopper, agent }: { shopper: Shopper; agent: Person }): Promise<void> {
  expect(shopper.errors).toEqual([]);
  expect(agent.errors).toEqual([]);
  await shopper.close();
  await agent.close();
}

/** The agent asks, the customer reads and says yes. */
async function show({ shopper, agent }: { shopper: Shopper; agent: Person }): Promise<void> {
  await agent.page.getByTestId("mirror-offer").click();
  await shopper.frame.getByTestId("mirror-yes").click();
  await agent.page.getByTestId("mirror-view").waitFor();
}

/** One thing in the demo shop's cart, so that there is something to order. */
async function fillCart({ page, frame }: Shopper): Promise<void> {
  await page.evaluate(() => {
    const line = { id: "one", productId: "one", title: "Bag", label: "", unitMinor: 100, currency: "EUR" };
    localStorage.setItem("lume.cart", JSON.stringify([{ ...line, picture: "", quantity: 1 }]));
  });
  await page.reload();
  await frame.getByTestId("chat-input").waitFor();
}

/** The bar is in a closed shadow root: what it says is read from what browsers tell people who cannot see it. */
const isMirrored = (shopper: Shopper) => shopper.page.locator("vetrina-mirror").count();

describe("showing a page", () => {
  it("[MI180] nothing leaves before she says yes; then the agent sees it, but not what is secret", async () => {
    const both = await meet("Is this right?", checkout);
    const { shopper, agent } = both;
    await shopper.page.getByLabel("Note for the courier").fill("Ring twice");
    await agent.page.getByTestId("mirror-offer").click();
    await shopper.frame.getByTestId("mirror-yes").waitFor();
    expect(await isMirrored(shopper)).toBe(0);
    expect(await agent.page.getByTestId("mirror-view").count()).toBe(0);

    await shopper.frame.getByTestId("mirror-yes").click();
    const seen = await waitForReplica(agent.page, "Ring twice");
    expect(await isMirrored(shopper)).toBe(1);
    expect(seen).toContain("Note for the courier");
    for (const secret of ["4242", "Via Roma", "giulia@example.com", "Giulia Esempio"])
      expect(seen).not.toContain(secret);

    // She may look at it herself: the same, rebuilt in our frame.
    await shopper.frame.getByTestId("mirror-seen").click();
    const own = shopper.frame.locator('[data-testid="mirror-strip"] iframe');
    await expect
      .poll(() => own.evaluate((frame: HTMLIFrameElement) => frame.contentDocument?.body?.textContent ?? ""))
      .toContain("Note for the courier");

    await shopper.page.getByLabel("Note for the courier").fill("Ring once");
    await waitForReplica(agent.page, "Ring once");
    await shopper.page.getByLabel("Email").fill("secret@example.org");
    await shopper.page.getByLabel("Note for the courier").fill("Ring not");
    expect(await waitForReplica(agent.page, "Ring not")).not.toContain("secret");
    await part(both);
  });

  it("[MI181] goes on over page loads without asking again, and hides what the shop marked", async () => {
    const both = await meet("Look at my account.", checkout);
    const { shopper, agent } = both;
    await show(both);
    await waitForReplica(agent.page, "Note for the courier");
    await shopper.page.goto(account);
    const seen = await waitForReplica(agent.page, "Member number");
    expect(seen).not.toContain("LM-4471");
    expect(seen).not.toContain("348");
    expect(await shopper.frame.getByTestId("mirror-yes").count()).toBe(0);
    await shopper.page.reload();
    await expect.poll(() => isMirrored(shopper)).toBe(1);
    await shopper.page.getByLabel("New password").fill("correct horse");
    await waitForReplica(agent.page, "Member number");
    expect(await readReplica(agent.page)).not.toContain("correct horse");
    await part(both);
  });

  it("[MI182] she stops by pressing Escape twice, and both are told", async () => {
    const both = await meet("One more thing.", account);
    const { shopper, agent } = both;
    await show(both);
    await waitForReplica(agent.page, "Member number");
    await shopper.page.locator("h1").first().click();
    await shopper.page.keyboard.press("Escape");
    await shopper.page.keyboard.press("Escape");
    await expect.poll(() => isMirrored(shopper)).toBe(0);
    await agent.page.getByTestId("mirror-view").waitFor({ state: "detached" });
    await agent.page.locator('[data-testid="mirror-offer"][data-offer="propose"]').waitFor();
    await shopper.page.reload();
    await shopper.frame.getByTestId("mirror-show").waitFor();
    expect(await isMirrored(shopper)).toBe(0);
    await part(both);
  });

  it("[MI183] a no is a no: nothing is loaded, and the chat says so", async () => {
    const both = await meet("May I ask?", account);
    const { shopper, agent } = both;
    await agent.page.getByTestId("mirror-offer").click();
    await shopper.frame.getByTestId("mirror-no").click();
    await agent.page.locator('[data-testid="mirror-offer"][data-offer="propose"]').waitFor();
    expect(await isMirrored(shopper)).toBe(0);
    await part(both);
  });

  it("[MI184] on a phone she begins herself, pauses, and goes on", async () => {
    const both = await meet("From my phone.", account, phone);
    const { shopper, agent } = both;
    await shopper.frame.getByTestId("mirror-show").click();
    await shopper.frame.getByTestId("mirror-yes").click();
    await waitForReplica(agent.page, "Member number");
    const strip = shopper.frame.getByTestId("mirror-strip");
    await strip.getByRole("button", { name: "Pause" }).click();
    await agent.page.getByText("has paused").waitFor();
    await strip.getByRole("button", { name: "Go on" }).click();
    await waitForReplica(agent.page, "Member number");
    await part(both);
  });
});

describe("on the phone", () => {
  it("[MI188] the agent who types the code that she reads out sees her page, of all that wait", async () => {
    const agent = await openMember(browsers[1], demo, demo.agent);
    const shopper = await openShopper(browsers[0], account);
    await openFrame(shopper);
    await say(shopper.frame, "I am on the phone with you.");
    await shopper.frame.getByTestId("mirror-show").click();
    await shopper.frame.getByTestId("mirror-yes").click();
    await shopper.frame.getByTestId("mirror-get-code").click();
    const code = (await shopper.frame.getByTestId("mirror-code").textContent()) ?? "";
    expect(code).toMatch(/^\d{3} \d{3} \d{3}$/);

    const field = agent.page.getByTestId("spoken-code");
    // The last digit checks the others: a wrong one is told at once.
    await field.fill(`${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`);
    await field.press("Enter");
    await agent.page.getByText("not the nine digits").waitFor();
    await field.fill(code);
    await field.press("Enter");
    await waitForReplica(agent.page, "Member number");
    await shopper.frame.getByTestId("mirror-code").waitFor({ state: "detached" });
    await part({ shopper, agent });
  });
});

describe("drawing over the page", () => {
  it("[MI186] what the agent draws she sees on her page, and the other way round; either takes it away", async () => {
    const both = await meet("Where do I look?", account);
    const { shopper, agent } = both;
    await show(both);
    await waitForReplica(agent.page, "Member number");
    await agent.page.getByTestId("mirror-tool-arrow").click();
    await drawInReplica(agent.page, "New password");
    await expect.poll(() => marksInReplica(agent.page)).toBe(1);
    await expect.poll(() => isSaid(shopper, "draws here")).toBe(true);

    await pressInBar(shopper, "Draw on the page");
    await pressInBar(shopper, "Circle");
    const heading = await shopper.page.locator("h1").first().boundingBox();
    if (heading === null) throw new Error("no heading");
    await shopper.page.mouse.move(heading.x, heading.y);
    await shopper.page.mouse.down();
    await shopper.page.mouse.move(heading.x + 80, heading.y + heading.height / 2);
    await shopper.page.mouse.move(heading.x + 160, heading.y + heading.height);
    await shopper.page.mouse.up();
    await expect.poll(() => marksInReplica(agent.page)).toBe(2);
    await agent.page.getByTestId("mirror-erase").click();
    await expect.poll(() => marksInReplica(agent.page)).toBe(0);
    await shopper.page.keyboard.press("Escape");
    expect(await isMirrored(shopper)).toBe(1);
    await part(both);
  });
});

describe("freezing the page", () => {
  it("[MI187] one press puts a picture of it on the panel, for both, and the receipt says so", async () => {
    const both = await meet("What does it say there?", account);
    const { shopper, agent } = both;
    await show(both);
    await waitForReplica(agent.page, "Member number");
    await agent.page.getByTestId("mirror-freeze").click();
    await shopper.frame.getByText("Frozen page:").first().waitFor();
    await agent.page.getByText("Frozen page:").filter({ visible: true }).first().waitFor();
    // What was on the panel stays behind the page until the agent looks there.
    await agent.page.getByTestId("mirror-offer").click();
    const stage = agent.page.getByTestId("panel-stage");
    await expect.poll(() => stage.getAttribute("aria-label")).toContain("Frozen page:");
    await expect.poll(() => stage.getAttribute("data-item")).not.toBe("");
    await agent.page.getByTestId("mirror-offer").click();
    await agent.page.getByTestId("mirror-stop").click();
    await shopper.frame.getByText("1 picture of it was put on the panel").first().waitFor();
    await part(both);
  });
});

describe("acting together", () => {
  it("[MI185] the agent acts only with leave, never sends, and loses it at once when it is taken back", async () => {
    const both = await meet("Can you fill that in?", checkout);
    const { shopper, agent } = both;
    await fillCart(shopper);
    await show(both);
    await waitForReplica(agent.page, "Note for the courier");
    await agent.page.getByTestId("mirror-ask-write").click();
    await shopper.frame.getByTestId("mirror-grant").click();
    await agent.page.getByTestId("mirror-release").waitFor();

    await clickInReplica(agent.page, "Note for the courier");
    const view = agent.page.frameLocator('[data-testid="mirror-view"]');
    await view.getByTestId("mirror-field").fill("Leave it with Ada");
    await expect.poll(() => shopper.page.getByTestId("courier-note").inputValue()).toBe("Leave it with Ada");
    await view.getByTestId("mirror-field").press("Enter");

    await agent.page.mouse.wheel(0, 2_000);
    await eventually(
      "the agent scrolled to the end",
      () => readScroll(agent.page),
      (top) => top > 0,
    );
    await clickInReplica(agent.page, "Place order");
    await agent.page.getByText("can send this").waitFor();
    expect(new URL(shopper.page.url()).pathname).toContain("checkout");

    await shopper.frame.getByTestId("mirror-take-back").click();
    await agent.page.getByTestId("mirror-ask-write").waitFor();
    await part(both);
  });
});
