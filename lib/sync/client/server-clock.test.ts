import { describe, expect, it } from "vitest";
import { openServerClock } from "./server-clock";

/** A line whose round trips take as long as told, a server whose clock is elsewhere, and time that passes when told. */
function world(trips: readonly (readonly [there: number, back: number])[]) {
  const AHEAD = 987_654_321;
  let steady = 0;
  let online = true;
  let asked = 0;
  let listener = () => {};
  const due: { at: number; run: () => void }[] = [];
  const at = (when: number, run: () => void) => {
    const entry = { at: when, run };
    due.push(entry);
    return () => void due.splice(due.indexOf(entry), due.includes(entry) ? 1 : 0);
  };
  const clock = openServerClock({
    ask: () =>
      new Promise((resolve, reject) => {
        const [there, back] = trips[asked++ % trips.length] ?? [0, 0];
        if (!online) return reject(new Error("no line"));
        const server = steady + there + AHEAD;
        at(steady + there + back, () => resolve(server));
      }),
    steady: () => steady,
    isOnline: () => online,
    onLine: (told) => {
      listener = told;
      return () => {
        listener = () => {};
      };
    },
    later: (run, milliseconds) => at(steady + milliseconds, run),
  });
  return {
    clock,
    asked: () => asked,
    error: () => (clock.now() ?? Number.NaN) - (steady + AHEAD),
    setOnline(next: boolean) {
      online = next;
      listener();
    },
    async pass(milliseconds: number) {
      for (const end = steady + milliseconds; ; ) {
        due.sort((a, b) => a.at - b.at);
        const [first] = due;
        if (!first || first.at > end) {
          steady = end;
          return;
        }
        due.shift();
        steady = Math.max(steady, first.at);
        first.run();
        // Lets the answer be read before more time passes.
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}

describe("the server's clock", () => {
  it("[SY89] is unknown until the server has answered, then as near as the quickest round trip tells", async () => {
    const { clock, pass, error } = world([
      [200, 10],
      [90, 20],
      [9, 6],
      [300, 5],
      [40, 40],
    ]);
    expect(clock.now()).toBeNull();
    await pass(1_000);
    expect(Math.abs(error())).toBeLessThanOrEqual(1.5);
    clock.close();
  });

  it("[SY89] is asked again after a reconnect, and what was known is used meanwhile", async () => {
    const { clock, pass, error, asked, setOnline } = world([[5, 5]]);
    await pass(1_000);
    const before = asked();
    setOnline(false);
    await pass(10_000);
    expect(asked()).toBe(before);
    expect(error()).toBe(0);
    setOnline(true);
    await pass(1_000);
    expect(asked()).toBeGreaterThanOrEqual(before + 5);
    clock.close();
  });

  it("[SY89] asks nothing after it was closed", async () => {
    const { clock, pass, asked } = world([[5, 5]]);
    await pass(100);
    clock.close();
    const before = asked();
    await pass(200_000);
    expect(asked()).toBe(before);
  });
});
