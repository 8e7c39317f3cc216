/**
 * The people of the story as browsers: each has a browser process of their own, as two persons at two machines do.
 * The shop stands on another site than we do (localhost and 127.0.0.1) and third-party cookies are blocked.
 */
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from "playwright-core";
import type { Demo, SignIn } from "./demo";

const flags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--test-third-party-cookie-phaseout",
];

export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
} as const;

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors the page threw or logged; a test ends by expecting none. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface Shopper extends Person {
  /** Our frame inside the shop's page. */
  readonly frame: FrameLocator;
}

/** Launches one browser process. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}

async function newPerson(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Person> {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    // A dropped connection is reported by the browser itself; the tests cause those on purpose.
    if (
      message.type() === "error" &&
      !/net::ERR_|WebSocket connection|Failed to load resource/.test(message.text())
    ) {
      errors.push(`console: ${message.text()}`);
    }
  });
  return { page, context, errors, close: () => context.close() };
}

/** A shopper on a page of the demo shop, our frame not yet open. */
export async function openShopper(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Shopper> {
  const person = await newPerson(browser, options);
  await person.page.goto(address);
  return { ...person, frame: person.page.frameLocator('iframe[src*="/frame?"]') };
}

/** Somebody with an address, and nothing else. */
export async function openPage(browser: Browser, address: string, options = {}): Promise<Person> {
  const person = await newPerson(browser, options);
  await person.page.goto(address);
  return person;
}

/** Opens the frame by its launcher. */
export async function openFrame(shopper: Shopper): Promise<void> {
  await shopper.page.getByTestId("vt-launcher").click();
  await shopper.frame.getByTestId("chat-input").waitFor();
}

/**
 * Cookies of who has signed in before in this file: sign-ins are counted for each address, and start anew only after a
 * minute without any.
 */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>();

/** Somebody of the shop's people, signed in and at `path`. */
export async function openMember(
  browser: Browser,
  demo: Demo,
  who: SignIn,
  path = "/desk",
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Person> {
  const name = `${demo.baseUrl} ${who.email}`;
  const person = await newPerson(browser, options);
  await person.context.addCookies(signedIn.get(name) ?? []);
  const { href, pathname } = new URL(path, demo.baseUrl);
  await person.page.goto(href);
  if (new URL(person.page.url()).pathname === pathname) return person;
  await person.page.locator('input[type="email"]').fill(who.email);
  await person.page.locator('input[type="password"]').fill(who.password);
  await person.page.locator('button[type="submit"]').click();
  await person.page.waitForURL((url) => url.pathname === pathname);
  signedIn.set(name, await person.context.cookies());
  return person;
}

/** Writes a chat message and waits until it stands in the writer's own log. */
export async function say(place: Page | FrameLocator, text: string): Promise<void> {
  await place.getByTestId("chat-input").fill(text);
  await place.getByTestId("chat-send").click();
  await place.getByTestId("chat-log").getByText(text).last().waitFor();
}

/** Waits until a conversation with this last message stands in the agent's queue; answers its id. */
export async function findWaiting(agent: Person, text: string): Promise<string> {
  const row = agent.page
    .getByTestId("queue-row")
    .filter({ has: agent.page.getByText(text, { exact: true }) });
  return (await row.getAttribute("data-conversation")) ?? "";
}

/** The agent takes the waiting conversation whose last message this is, and has it open. */
export async function accept(agent: Person, text: string): Promise<void> {
  await acceptConversation(agent, await findWaiting(agent, text));
}

/** The same, for a conversation in which nothing may have been written yet. */
export async function acceptConversation(agent: Person, conversation: string): Promise<void> {
  const within = `[data-conversation="${conversation}"]`;
  await agent.page.locator(`[data-testid="queue-row"]${within}`).getByTestId("accept").click();
  await agent.page.locator(`[data-testid="conversation-row"]${within}[aria-current]`).waitFor();
  await agent.page.getByTestId("chat-input").waitFor();
}

/** The agent shows the first product of the catalogue that has a picture; others came by feeds of other tests. */
export async function showFirstProduct(agent: Person): Promise<void> {
  await agent.page.getByTestId("catalogue-search").click();
  const withPicture = agent.page.getByTestId("product-card").filter({ has: agent.page.locator("img") });
  await withPicture.first().getByTestId("show-on-panel").click();
  await agent.page.locator('[data-testid="panel-stage"]:not([data-item=""])').waitFor();
}
