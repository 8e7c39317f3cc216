/** Driving and reading a panel, on either side. */
import type { FrameLocator, Page } from "playwright-core";
import { eventually } from "./eventually";

type Place = Page | FrameLocator;

export interface Stage {
  readonly item: string;
  readonly marks: number;
  readonly zoom: number;
  readonly synced: boolean;
}

export async function readStage(place: Place): Promise<Stage> {
  const stage = place.getByTestId("panel-stage");
  const [item, marks, zoom, synced] = await Promise.all(
    ["data-item", "data-marks", "data-zoom", "data-synced"].map((name) => stage.getAttribute(name)),
  );
  return { item: item ?? "", marks: Number(marks), zoom: Number(zoom), synced: synced === "true" };
}

export const waitForMarks = (place: Place, count: number) =>
  eventually(
    `${count} marks are there`,
    () => readStage(place),
    ({ marks }) => marks === count,
  );

/** Waits until an item is shown, connected and stored; answers its id. */
export async function waitForItem(place: Place, previous = ""): Promise<string> {
  await place.getByTestId("panel-stage").waitFor();
  const { item } = await eventually(
    "a new item is shown",
    () => readStage(place),
    (stage) => stage.synced && stage.item !== "" && stage.item !== previous,
  );
  return item;
}

/** Waits until the picture of what is shown has arrived. */
export async function waitForPicture(place: Place): Promise<void> {
  await place.locator('[data-testid="panel-stage"][data-picture="ready"]').waitFor();
}

/** Waits until exactly this item is shown. */
export async function waitForShown(place: Place, item: string): Promise<void> {
  await place.getByTestId("panel-stage").waitFor();
  await eventually(
    `${item} is shown`,
    () => readStage(place),
    (stage) => stage.item === item,
  );
}

/** Drags with the chosen tool between two points, given as fractions of the stage. */
export async function drag(
  page: Page,
  place: Place,
  tool: string,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  await place.getByTestId(`tool-${tool}`).click();
  const box = await place.getByTestId("panel-stage").boundingBox();
  if (!box) throw new Error("the stage is not visible");
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) {
    const part = step / 8;
    await page.mouse.move(...at([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]));
  }
  await page.mouse.up();
}

/** Clicks with the chosen tool at a point, given as fractions of the stage. */
export async function clickWith(
  page: Page,
  place: Place,
  tool: string,
  at: readonly [number, number],
): Promise<void> {
  await place.getByTestId(`tool-${tool}`).click();
  const box = await place.getByTestId("panel-stage").boundingBox();
  if (!box) throw new Error("the stage is not visible");
  await page.mouse.click(box.x + box.width * at[0], box.y + box.height * at[1]);
}
