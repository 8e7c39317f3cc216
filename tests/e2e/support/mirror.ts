/** What an agent sees of a customer's page. */
import type { Page } from "playwright-core";
import { eventually } from "./eventually";

/** The replica stands in a frame in which nothing runs, within a page of its own. */
const replica = (desk: Page) => desk.frameLocator('[data-testid="mirror-view"]').locator("iframe");

/** The words of the replica, with what its fields show. */
export function readReplica(desk: Page): Promise<string> {
  return replica(desk).evaluate((frame: HTMLIFrameElement) => {
    const document = frame.contentDocument;
    const fields = [...(document?.querySelectorAll("input,textarea,select") ?? [])].map((field) =>
      "value" in field ? String(field.value) : "",
    );
    return `${document?.body?.textContent ?? ""}\n${fields.join("\n")}`;
  });
}

/** How far the replica is scrolled down, its CSS pixels. */
export const readScroll = (desk: Page): Promise<number> =>
  replica(desk).evaluate((frame: HTMLIFrameElement) => frame.contentWindow?.scrollY ?? 0);

export const waitForReplica = (desk: Page, words: string): Promise<string> =>
  eventually(
    `the agent sees "${words}"`,
    () => readReplica(desk),
    (text) => text.includes(words),
  );

/** Where a button, or the field of a label, stands at the desk. What names them in the shop's code is not told. */
async function placeInReplica(desk: Page, words: string): Promise<{ x: number; y: number }> {
  const inner = await replica(desk).evaluate((frame: HTMLIFrameElement, wanted) => {
    const named = [...(frame.contentDocument?.querySelectorAll("label,button") ?? [])].find((one) =>
      one.textContent?.includes(wanted),
    );
    const element = named?.querySelector("input,select") ?? named;
    const box = element?.getBoundingClientRect();
    const outer = frame.getBoundingClientRect();
    const scale = outer.width / frame.clientWidth;
    return box === undefined
      ? null
      : {
          x: outer.left + (box.left + box.width / 2) * scale,
          y: outer.top + (box.top + box.height / 2) * scale,
        };
  }, words);
  const view = await desk.getByTestId("mirror-view").boundingBox();
  if (inner === null || view === null) throw new Error(`"${words}" is not in the replica`);
  return { x: view.x + inner.x, y: view.y + inner.y };
}

export async function clickInReplica(desk: Page, words: string): Promise<void> {
  const { x, y } = await placeInReplica(desk, words);
  await desk.mouse.click(x, y);
}

/** From above on the left to the element that is named. */
export async function drawInReplica(desk: Page, words: string): Promise<void> {
  const { x, y } = await placeInReplica(desk, words);
  await desk.mouse.move(x - 60, y - 40);
  await desk.mouse.down();
  await desk.mouse.move(x - 30, y - 20);
  await desk.mouse.move(x, y);
  await desk.mouse.up();
}

/** Marks over the replica that stand somewhere. */
export const marksInReplica = (desk: Page): Promise<number> =>
  desk
    .frameLocator('[data-testid="mirror-view"]')
    .getByTestId("mirror-marks")
    .locator("g[data-kind]:visible")
    .count();

interface Spoken {
  readonly name: { readonly value: string };
  readonly role: { readonly value: string };
  readonly backendDOMNodeId: number;
  readonly ignored: boolean;
}

/** What browsers tell people who cannot see it: the only way into the bar's closed root, as for them. */
async function spoken({ page }: { readonly page: Page }): Promise<readonly Spoken[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter((node) => !node.ignored) as unknown as Spoken[];
}

export async function isSaid(shopper: { readonly page: Page }, words: string): Promise<boolean> {
  return (await spoken(shopper)).some(({ name }) => name?.value.includes(words));
}

/** A button of the bar in the shop's page, by her hand. */
export async function pressInBar(shopper: { readonly page: Page }, label: string): Promise<void> {
  const found = await eventually(
    `the bar offers "${label}"`,
    async () =>
      (await spoken(shopper)).find(({ name, role }) => name?.value === label && isPressed(role.value)),
    (node) => node !== undefined,
  );
  const session = await shopper.page.context().newCDPSession(shopper.page);
  const { model } = await session.send("DOM.getBoxModel", { backendNodeId: found?.backendDOMNodeId ?? 0 });
  await session.detach();
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content;
  await shopper.page.mouse.click((left + right) / 2, (top + bottom) / 2);
}

const isPressed = (role: string) => role === "button" || role === "radio";
