import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDriftCorrector, type Order } from "./drift";

/** A browser's video by a clock of its own: seeks and starts take time, and it may stall. */
function simulate(world: {
  readonly from: number;
  readonly seekMs: number;
  readonly startMs: number;
  /** Where the shared playback is at time 0; it runs from then on. */
  readonly goal: number;
  readonly rate: number;
  /** From when to when it has nothing to play. */
  readonly stall?: readonly [from: number, to: number];
}) {
  const STEP = 20;
  const corrector = createDriftCorrector();
  const orders: Order["kind"][] = [];
  let now = 0;
  let position = world.from;
  let paused = true;
  let rate = 1;
  let seekEnds = -1;
  let startsAt = -1;
  const goal = () => world.goal + now * world.rate;
  const stalled = () => world.stall !== undefined && now >= world.stall[0] && now < world.stall[1];

  function obey(order: Order): void {
    if (orders.at(-1) !== order.kind) orders.push(order.kind);
    if (order.kind === "stop") paused = true;
    if (order.kind === "seek") {
      paused = true;
      position = order.to;
      seekEnds = now + world.seekMs;
    }
    if (order.kind === "run") {
      rate = order.rate;
      if (paused) startsAt = now + world.startMs;
      paused = false;
    }
  }

  return {
    orders,
    rate: () => rate,
    drift: () => position - goal(),
    run(milliseconds: number) {
      for (const end = now + milliseconds; now < end; now += STEP) {
        const seeking = now < seekEnds;
        const order = corrector.next({
          now,
          goal: goal(),
          running: true,
          rate: world.rate,
          position,
          paused,
          seeking,
          ready: !seeking && !stalled(),
        });
        obey(order);
        if (!paused && now >= startsAt && !stalled()) position += STEP * rate;
      }
    },
  };
}

describe("keeping in step", () => {
  it("[PA41] a small drift is let be", () => {
    const video = simulate({ from: 1_000, goal: 1_040, rate: 1, seekMs: 100, startMs: 0 });
    video.run(2_000);
    expect(video.rate()).toBe(1);
    expect(video.drift()).toBe(-40);
    expect(video.orders).toEqual(["run"]);
  });

  it("[PA41] a larger one is made up for by speed, behind and ahead, without a seek", () => {
    for (const lag of [100, 180]) {
      const video = simulate({ from: 1_000, goal: 1_000 + lag, rate: 1, seekMs: 100, startMs: 0 });
      video.run(400);
      expect(video.rate()).toBeCloseTo(1.05);
      video.run(5_000);
      expect(Math.abs(video.drift())).toBeLessThan(60);
      expect(video.orders).not.toContain("seek");
    }
    const corrector = createDriftCorrector();
    const ahead = { now: 0, goal: 1_000, running: true, rate: 2, paused: false, seeking: false, ready: true };
    expect(corrector.next({ ...ahead, position: 1_100 })).toEqual({ kind: "run", rate: 2 * 0.95 });
  });

  it("[PA41] a newcomer seeks ahead, waits there and is in step", () => {
    for (const seekMs of [40, 200, 450]) {
      const video = simulate({ from: 0, goal: 30_000, rate: 1, seekMs, startMs: 30 });
      video.run(6_000);
      expect(Math.abs(video.drift())).toBeLessThan(60);
    }
  });

  it("[PA41] who stalled catches up as soon as there is something to play", () => {
    const video = simulate({ from: 0, goal: 0, rate: 1, seekMs: 80, startMs: 0, stall: [3_000, 7_000] });
    video.run(6_900);
    expect(video.drift()).toBeLessThan(-3_000);
    video.run(3_000);
    expect(Math.abs(video.drift())).toBeLessThan(60);
  });

  it("[PA41] whatever it begins with, it is in step soon and stays", () => {
    const worlds = fc.record({
      from: fc.integer({ min: 0, max: 60_000 }),
      goal: fc.integer({ min: 0, max: 60_000 }),
      rate: fc.constantFrom(0.5, 1, 1.5, 2),
      seekMs: fc.integer({ min: 0, max: 900 }),
      startMs: fc.integer({ min: 0, max: 80 }),
    });
    fc.assert(
      fc.property(worlds, (world) => {
        const video = simulate(world);
        video.run(12_000);
        for (let count = 0; count < 20; count++) {
          video.run(200);
          expect(Math.abs(video.drift())).toBeLessThan(150);
        }
      }),
    );
  });

  it("[PA41] paused, it stands on the very picture", () => {
    const corrector = createDriftCorrector();
    const still = { now: 0, goal: 5_000, running: false, rate: 1, paused: true, seeking: false, ready: true };
    expect(corrector.next({ ...still, position: 5_000, paused: false })).toEqual({ kind: "stop" });
    expect(corrector.next({ ...still, position: 5_002 })).toEqual({ kind: "leave" });
    expect(corrector.next({ ...still, position: 5_020 })).toEqual({ kind: "seek", to: 5_000 });
    expect(corrector.next({ ...still, position: 9_000, seeking: true })).toEqual({ kind: "leave" });
  });

  it("[PA41] a phone that loads nothing before it plays is told to play", () => {
    const corrector = createDriftCorrector();
    const waiting = {
      goal: 0,
      running: true,
      rate: 1,
      position: 0,
      paused: true,
      seeking: false,
      ready: false,
    };
    expect(corrector.next({ ...waiting, now: 0 }).kind).toBe("leave");
    expect(corrector.next({ ...waiting, now: 1_000 }).kind).toBe("run");
  });
});
