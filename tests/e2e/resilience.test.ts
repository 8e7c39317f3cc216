/** The conversation does not break: reload, another page, no network, a killed server, a peer who ignores the lock. */
import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Installation, startInstallation } from "../support/installation";
import { openBareClient, scribble } from "./support/bare-client";
import type { Demo } from "./support/demo";
import { drag, readStage, waitForItem, waitForMarks, waitForPicture, waitForShown } from "./support/panel";
import {
  accept,
  acceptConversation,
  launchBrowser,
  openFrame,
  openMember,
  openShopper,
  type Person,
  type Shopper,
  say,
  showFirstProduct,
} from "./support/people";

const demo = inject("demo");
let shopperBrowser: Browser;
let agentBrowser: Browser;
beforeAll(async () => {
  [shopperBrowser, agentBrowser] = await Promise.all([launchBrowser(), launchBrowser()]);
});
afterAll(async () => {
  await Promise.all([shopperBrowser?.close(), agentBrowser?.close()]);
});

/** A shopper and an agent with a product of the demo shop on the panel. */
async function meet(place: Demo): Promise<{ shopper: Shopper; agent: Person; item: string }> {
  const agent = await openMember(agentBrowser, place, place.agent);
  const shopper = await openShopper(shopperBrowser, place.shopUrl);
  await openFrame(shopper);
  const words = `Hello, is somebody there? ${randomUUID()}`;
  await say(shopper.frame, words);
  await accept(agent, words);
  await showFirstProduct(agent);
  const item = await waitForItem(shopper.frame);
  await waitForShown(agent.page, item);
  // Without a picture there is nothing to draw on, and one that has not come before the network goes will not come.
  await Promise.all([waitForPicture(shopper.frame), waitForPicture(agent.page)]);
  return { shopper, agent, item };
}

async function part(...people: Person[]): Promise<void> {
  await people[0]?.page.context().setOffline(false);
  await Promise.all(people.map((person) => person.close()));
}

describe("a conversation goes on", () => {
  it("after a reload on either side and on another page of the shop", async () => {
    const { shopper, agent, item } = await meet(demo);
    await drag(shopper.page, shopper.frame, "ellipse", [0.4, 0.4], [0.5, 0.5]);
    await waitForMarks(agent.page, 1);

    await shopper.page.reload();
    await waitForShown(shopper.frame, item);
    await waitForMarks(shopper.frame, 1);

    await shopper.page.goto(`${demo.shopUrl}/cart`);
    await waitForShown(shopper.frame, item);
    await waitForMarks(shopper.frame, 1);
    await expect
      .poll(() => shopper.frame.getByTestId("chat-log").textContent())
      .toContain("is somebody there?");

    const selected = agent.page.locator('[data-testid="conversation-row"][aria-current]');
    const row = `[data-conversation="${await selected.getAttribute("data-conversation")}"]`;
    await agent.page.reload();
    await agent.page.locator(row).click();
    await waitForShown(agent.page, item);
    await drag(agent.page, agent.page, "arrow", [0.6, 0.6], [0.5, 0.5]);
    await waitForMarks(shopper.frame, 2);
    await part(shopper, agent);
  });

  it("after the network was away: what was drawn and written meanwhile arrives", async () => {
    const { shopper, agent } = await meet(demo);
    await shopper.context.setOffline(true);
    await expect.poll(async () => (await readStage(shopper.frame)).synced).toBe(false);
    await drag(shopper.page, shopper.frame, "pen", [0.3, 0.3], [0.5, 0.5]);
    await waitForMarks(shopper.frame, 1);
    await drag(agent.page, agent.page, "rect", [0.6, 0.3], [0.7, 0.4]);
    await waitForMarks(agent.page, 1);
    await shopper.frame.getByTestId("chat-input").fill("written in a tunnel");
    await shopper.frame.getByTestId("chat-send").click();

    await shopper.context.setOffline(false);
    await waitForMarks(shopper.frame, 2);
    await waitForMarks(agent.page, 2);
    await expect
      .poll(() => agent.page.getByTestId("chat-log").textContent(), { timeout: 15_000 })
      .toContain("written in a tunnel");
    await part(shopper, agent);
  });

  it("refuses, at the server, what a locked customer writes by hand", async () => {
    const agent = await openMember(agentBrowser, demo, demo.agent);
    const peer = await openBareClient(demo);
    await acceptConversation(agent, peer.conversationId);
    await showFirstProduct(agent);
    const item = await waitForItem(agent.page);
    scribble(peer.doc, item, "mark-allowed");
    await waitForMarks(agent.page, 1);

    await agent.page.getByTestId("lock-drawing").click();
    await expect.poll(() => agent.page.getByTestId("lock-drawing").getAttribute("aria-pressed")).toBe("true");
    scribble(peer.doc, item, "mark-refused");
    // A mark of the agent's own comes after the refused one on the same server: once it is everywhere, so would that be.
    await drag(agent.page, agent.page, "rect", [0.3, 0.3], [0.4, 0.4]);
    await expect.poll(() => peer.doc.getMap("marks").size).toBe(3);
    expect((await readStage(agent.page)).marks).toBe(2);
    const selected = agent.page.locator('[data-testid="conversation-row"][aria-current]');
    const row = `[data-conversation="${await selected.getAttribute("data-conversation")}"]`;
    await agent.page.reload();
    await agent.page.locator(row).click();
    await waitForItem(agent.page);
    await waitForMarks(agent.page, 2);
    peer.close();
    await part(agent);
  });
});

describe("a server that is killed", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(async () => {
    await installation?.stop();
  });

  it("loses nothing that both had seen, and both go on drawing after the restart", async () => {
    const place: Demo = { ...installation.demo, realData: "" };
    const { shopper, agent, item } = await meet(place);
    for (let stroke = 0; stroke < 4; stroke++) {
      await Promise.all([
        drag(shopper.page, shopper.frame, "pen", [0.3, 0.2 + stroke / 20], [0.5, 0.25 + stroke / 20]),
        drag(agent.page, agent.page, "ellipse", [0.6, 0.2 + stroke / 20], [0.7, 0.25 + stroke / 20]),
      ]);
    }
    await waitForMarks(shopper.frame, 8);
    await waitForMarks(agent.page, 8);

    await installation.killAndRestart();

    // A third pair of eyes reads what the server kept, before anybody's browser could have sent it again.
    const stored = await openMember(agentBrowser, place, place.manager);
    await stored.close();
    await waitForMarks(shopper.frame, 8);
    await expect.poll(async () => (await readStage(shopper.frame)).synced, { timeout: 30_000 }).toBe(true);
    await expect.poll(async () => (await readStage(agent.page)).synced, { timeout: 30_000 }).toBe(true);
    await drag(shopper.page, shopper.frame, "rect", [0.4, 0.6], [0.5, 0.7]);
    await waitForMarks(agent.page, 9);
    await shopper.page.reload();
    await waitForShown(shopper.frame, item);
    await waitForMarks(shopper.frame, 9);
    await part(shopper, agent);
  }, 300_000);
});
