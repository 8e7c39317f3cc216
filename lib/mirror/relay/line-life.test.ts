import { expect, it } from "vitest";
import { LineLife } from "./line-life";

const PING_MS = 12_000;
const due = (life: LineLife, times: number) => Array.from({ length: times }, () => life.due());

it("[MI130] who answers is there; who does not is gone when the next ping is due", () => {
  const life = new LineLife(PING_MS);
  for (let round = 0; round < 3; round++) {
    expect(life.due()).toBe("ping");
    life.answered();
  }
  expect(due(life, 2)).toEqual(["ping", "end"]);
});

it("[MI130] a ping behind a large page is waited for as long as 50 kbit a second take for that page", () => {
  const life = new LineLife(PING_MS);
  // 24 seconds of such a line.
  life.gave(150_000);
  expect(due(life, 4)).toEqual(["ping", "wait", "wait", "end"]);
});

it("[MI130] what came before an answer has arrived, what was sent behind that ping has not", () => {
  const life = new LineLife(PING_MS);
  life.gave(150_000);
  expect(life.due()).toBe("ping");
  life.gave(75_000);
  life.answered();
  expect(due(life, 3)).toEqual(["ping", "wait", "end"]);
  life.answered();
  expect(due(life, 2)).toEqual(["ping", "end"]);
});

it("[MI130] a line that dies after much was sent is not waited for more than a minute longer", () => {
  const life = new LineLife(PING_MS);
  life.gave(100_000_000);
  expect(due(life, 7)).toEqual(["ping", "wait", "wait", "wait", "wait", "wait", "end"]);
});
