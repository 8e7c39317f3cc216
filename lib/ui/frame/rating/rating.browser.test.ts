import { AxeBuilder } from "@axe-core/playwright";
import type { Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Harness, openHarness } from "@/lib/ui/chat/open-harness.fixture";

const PHONE = { width: 390, height: 780 };
const NAMES = ["Very bad", "Bad", "Fair", "Good", "Very good"];

let harness: Harness;
let page: Page;
/** What reached the server, and its answers to come: by default it takes everything. */
let sent: { score: number; authorization: string | undefined; path: string }[];
let answerNext: ((route: Route) => Promise<void>)[];

beforeAll(async () => {
  harness = await openHarness("lib/ui/frame/rating/rating-harness.page.tsx");
});
afterAll(() => harness.close());
beforeEach(async () => {
  sent = [];
  answerNext = [];
  page = await harness.open(PHONE);
  await page.route("**/api/v1/**", async (route) => {
    const request = route.request();
    const { score } = request.postDataJSON();
    const { authorization } = request.headers();
    sent.push({ score, authorization, path: new URL(request.url()).pathname });
    await (answerNext.shift() ?? take)(route);
  });
  await page.getByTestId("rating").waitFor();
});
afterEach(() => page.context().close());

const take = (route: Route) => route.fulfill({ status: 204 });
/** The server's next answer waits until it is let go. */
function holdNext(): () => void {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  answerNext.push(async (route) => {
    await held;
    await take(route);
  });
  return () => letGo();
}

const face = (score: number) => page.getByTestId(`rating-${score}`);
const said = () => page.getByTestId("rating-state").textContent();
const checked = () => page.getByRole("radio", { checked: true }).getAttribute("aria-label");
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 });
const scores = async () => sent.map(({ score }) => score);

it("[FR40] asks once with five named faces that a finger can press, in light and dark, on a phone", async () => {
  const radios = page.getByRole("radiogroup", { name: "How was it?" }).getByRole("radio");
  expect(await radios.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual(NAMES);
  for (let score = 1; score <= NAMES.length; score++) {
    const box = await face(score).boundingBox();
    expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await face(4).click();
  await soon(said).toContain("Good");
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
    expect(found.violations.map(({ id, nodes }) => [theme, id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

it("[FR40] arrow keys go along without sending; Space and Enter choose", async () => {
  await page.keyboard.press("Tab");
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowRight"]) await page.keyboard.press(key);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Very good");
  expect(sent).toEqual([]);
  await page.keyboard.press("Space");
  await soon(said).toBe("Thank you. You said: Very good");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await soon(said).toBe("Thank you. You said: Good");
  expect(await checked()).toBe("Good");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Start again");
});

it("[FR41] one press sends it with her token, and she may change her mind", async () => {
  await face(2).click();
  await soon(said).toBe("Thank you. You said: Bad");
  const path = "/api/v1/conversations/0198c5b2-0000-7000-8000-000000000001/rating";
  expect(sent).toEqual([{ score: 2, authorization: "Bearer her-token", path }]);
  await face(5).click();
  await soon(said).toBe("Thank you. You said: Very good");
  expect(await scores()).toEqual([2, 5]);
  expect(await checked()).toBe("Very good");
});

it("[FR41] one is sent at a time: of several presses the last one arrives last, and those between not at all", async () => {
  const letGo = holdNext();
  for (const score of [1, 3, 4, 5]) await face(score).click();
  await soon(scores).toEqual([1]);
  expect(await said()).toBe("");
  letGo();
  await soon(said).toBe("Thank you. You said: Very good");
  expect(await scores()).toEqual([1, 5]);
});

it("[FR41] what did not arrive is said and can be sent again", async () => {
  answerNext.push((route) => route.abort());
  answerNext.push((route) =>
    route.fulfill({ status: 503, json: { error: { code: "unavailable", detail: "" } } }),
  );
  await face(4).click();
  await soon(said).toContain("did not reach us");
  expect(await checked()).toBe("Good");
  await page.getByTestId("rating-again").click();
  await soon(scores).toEqual([4, 4]);
  await soon(said).toContain("did not reach us");
  await page.getByTestId("rating-again").click();
  await soon(said).toBe("Thank you. You said: Good");
  expect(await page.getByTestId("rating-again").count()).toBe(0);
});

it("[FR41] starting again waits for none of it", async () => {
  const letGo = holdNext();
  await face(1).click();
  await page.getByRole("button", { name: "Start again" }).click();
  expect(await page.locator("main").getAttribute("data-starts")).toBe("1");
  letGo();
  await soon(said).toContain("Thank you");
});
