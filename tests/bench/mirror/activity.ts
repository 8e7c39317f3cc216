/** What the customer does, and what the mirror sends and works meanwhile. */
import type { Page } from "playwright-core";
import { monotonicMs } from "./relay";
import { pause, type Session } from "./session";
import { deflatedBytes, isAsset, streamedBytes } from "./wire-bytes";

export interface ActivityResult {
  /** Bytes a second, each message deflated by itself. */
  readonly deflated: number;
  /** Bytes a second on a line that deflates everything in one stream. */
  readonly streamed: number;
  /** Milliseconds of script a second, on the customer's page. */
  readonly script: number;
  /** Milliseconds of all tasks of the page a second: script, style, layout, painting. */
  readonly tasks: number;
}

/** One step of what somebody does; again and again until the time is over. */
type Step = (page: Page, index: number) => Promise<void>;

const MOVE_MS = 25;
const WHEEL_MS = 60;
const WHEEL_PX = 70;
const KEY_MS = 110;
const ROUTE_MS = 1_000;
const ROUTE_CARDS = 60;
const TYPED = "warm winter jacket in dark green ";
/** Steps in one direction. */
const TURN = 20;

export const activities: Readonly<Record<string, Step>> = {
  idle: () => pause(ROUTE_MS).then(() => {}),
  async "mouse move"(page, index) {
    await page.mouse.move(300 + 250 * Math.sin(index / 9) + index, 400 + 200 * Math.cos(index / 7));
    await pause(MOVE_MS);
  },
  async scroll(page, index) {
    await page.mouse.wheel(0, Math.floor(index / TURN) % 2 === 0 ? WHEEL_PX : -WHEEL_PX);
    await pause(WHEEL_MS);
  },
  async typing(page, index) {
    if (index === 0) await page.focus("#search");
    await page.keyboard.type(TYPED[index % TYPED.length] ?? " ");
    await pause(KEY_MS);
  },
  async "route change"(page, index) {
    await page.evaluate(([number, count]) => window.shop.route(number, count), [
      index + 1,
      ROUTE_CARDS,
    ] as const);
    await pause(ROUTE_MS);
  },
};

export async function act(session: Session, step: Step, milliseconds: number): Promise<ActivityResult> {
  const { shop, shopProbe } = session;
  const read = async () => {
    const { metrics } = await shopProbe.send("Performance.getMetrics");
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    return { script: of("ScriptDuration"), tasks: of("TaskDuration") };
  };
  await shopProbe.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await read();
  const start = monotonicMs();
  for (let index = 0; monotonicMs() - start < milliseconds; index++) await step(shop, index);
  const seconds = (monotonicMs() - start) / 1_000;
  const after = await read();
  await session.settle();
  const messages = session.sent().filter((message) => message.at >= start && !isAsset(message));
  return {
    deflated: deflatedBytes(messages) / seconds,
    streamed: streamedBytes(messages) / seconds,
    script: ((after.script - before.script) * 1_000) / seconds,
    tasks: ((after.tasks - before.tasks) * 1_000) / seconds,
  };
}
