import { expect, it } from "vitest";
import { AppError, errorCodes } from "@/lib/protocol/errors";
import { answer } from "./answer";
import { limit } from "./rate-limit";

const refuse = (error: Error) => answer(() => Promise.reject(error));

it("[HT12] a 429 says when there is an allowance again", async () => {
  const allowance = { points: 1, seconds: 90 };
  const ask = () => answer(() => limit("[HT12]", "somebody", allowance));
  expect((await ask()).status).toBe(204);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(80);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(90);
});

it("[HT12] passes on what a shop's system asks for, in whole seconds, and says a minute where nobody knows", async () => {
  // As the catalogue's connections throw them.
  const busy = (retryAfterMs: number | null) =>
    Object.assign(new AppError("too_many", "it is busy"), { retryAfterMs });
  for (const [error, expected] of [
    [busy(2_500), "3"],
    [busy(0), "1"],
    [busy(null), "60"],
    [new AppError("too_many", "at most 20 keys"), "60"],
  ] as const) {
    expect((await refuse(error)).headers.get("retry-after")).toBe(expected);
  }
});

it("[HT12] nothing else carries it", async () => {
  for (const code of errorCodes.filter((one) => one !== "too_many" && one !== "internal")) {
    expect([code, (await refuse(new AppError(code))).headers.get("retry-after")]).toEqual([code, null]);
  }
});
