import { beforeEach, expect, it } from "vitest";
import { AppError } from "@/lib/protocol/errors";
import { createAnswerMemory } from "./answer-memory";
import { ConnectionProblem } from "./connection-problem";

let now: number;
let asked: number;
beforeEach(() => {
  now = 1_000_000;
  asked = 0;
});
const bounds = { freshMs: 100, maxAnswers: 3, maxChars: 1_000 };
const memory = (over: Partial<typeof bounds> = {}) =>
  createAnswerMemory<string>({ ...bounds, ...over }, () => now);
const answer = (text: string) => async () => {
  asked += 1;
  return text;
};
const away = async () => {
  throw new ConnectionProblem("away", "down");
};

it("[CA114] a fresh answer is not asked for again, an older one is", async () => {
  const answers = memory();
  await answers.get("a", answer("one"));
  now += 99;
  expect(await answers.get("a", answer("two"))).toEqual({
    value: "one",
    asOf: new Date(1_000_000),
    stale: false,
  });
  now += 1;
  expect((await answers.get("a", answer("two"))).value).toBe("two");
  expect(asked).toBe(2);
});

it("[CA114] the same question is under way once, and a failed one is asked anew", async () => {
  const answers = memory();
  const all = await Promise.all([1, 2, 3].map(() => answers.get("a", answer("one"))));
  expect([asked, all.map(({ value }) => value)]).toEqual([1, ["one", "one", "one"]]);
  await expect(Promise.all([answers.get("b", away), answers.get("b", answer("never"))])).rejects.toThrow(
    "down",
  );
  expect((await answers.get("b", answer("two"))).value).toBe("two");
});

it("[CA114] an older answer stands in for a shop that is away, for a day, and not for one that refuses", async () => {
  const answers = memory();
  await answers.get("a", answer("one"));
  now += 86_400_000;
  expect(await answers.get("a", away)).toEqual({ value: "one", asOf: new Date(1_000_000), stale: true });
  const refuse = async () => {
    throw new ConnectionProblem("keys", "no");
  };
  await expect(answers.get("a", refuse)).rejects.toMatchObject({ problem: "keys" });
  now += 1;
  await expect(answers.get("a", away)).rejects.toMatchObject({ problem: "away" });
});

it("[CA114] keeps no more than its bounds, the least used forgotten first", async () => {
  const answers = memory();
  for (const key of ["a", "b", "c"]) await answers.get(key, answer(key));
  await answers.get("a", answer("again"));
  await answers.get("d", answer("d"));
  now += 1_000;
  expect((await answers.get("a", away)).stale).toBe(true);
  await expect(answers.get("b", away)).rejects.toThrow("down");
  await answers.get("long", answer("x".repeat(2_000)));
  for (const key of ["a", "c", "d", "long"]) await expect(answers.get(key, away)).rejects.toThrow("down");
});

it("[CA114] a failure told by the server's other bundle is one, too", async () => {
  const answers = memory();
  await answers.get("a", answer("one"));
  now += 1_000;
  const foreign = Object.assign(new AppError("unavailable", "down"), { problem: "away", retryAfterMs: null });
  const fail = () => Promise.reject(foreign);
  expect((await answers.get("a", fail)).stale).toBe(true);
  expect(new AppError("unavailable") instanceof ConnectionProblem).toBe(false);
});
