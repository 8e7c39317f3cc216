import { beforeEach, expect, it } from "vitest";
import { LineLife } from "./line-life";

const PING_MS = 12_000;
let came = 0;
let life: LineLife;
beforeEach(() => {
  came = 0;
  life = new LineLife(PING_MS, () => came);
});
const due = (times: number) => Array.from({ length: times }, () => life.due());

it("[MI130, SY101] who answers is there; who says nothing is gone when the next ping is due", () => {
  for (let round = 0; round < 3; round++) {
    life.gave(1_000);
    expect(life.due()).toBe("ping");
    life.answered(life.mark);
  }
  life.gave(1_000);
  expect(due(2)).toEqual(["ping", "end"]);
});

it("[MI130, SY101] a ping behind much is waited for as long as 50 kbit a second take for that", () => {
  // 24 seconds of such a line.
  life.gave(150_000);
  expect(due(4)).toEqual(["ping", "wait", "wait", "end"]);
});

it("[MI130, SY101] what was sent before a ping has arrived with its answer, what was sent behind it has not", () => {
  life.gave(150_000);
  expect(life.due()).toBe("ping");
  const { mark } = life;
  life.gave(75_000);
  life.answered(mark);
  expect(due(3)).toEqual(["ping", "wait", "end"]);
  life.answered(life.mark);
  expect(due(2)).toEqual(["ping", "end"]);
});

it("[MI130, SY101] an answer to something else, or that nobody asked for, says nothing of what was sent", () => {
  life.gave(75_000);
  life.due();
  for (const mark of ["", "0", "no number", "75001", "1e99"]) life.answered(mark);
  expect(due(2)).toEqual(["wait", "end"]);
});

it("[MI130, SY101] a line that dies after much was sent is not waited for more than a minute longer", () => {
  life.gave(100_000_000);
  expect(due(7)).toEqual(["ping", "wait", "wait", "wait", "wait", "wait", "end"]);
});

it("[MI130, SY101] who is sending something large is there as long as it comes", () => {
  expect(life.due()).toBe("ping");
  for (let round = 0; round < 10; round++) {
    came += 75_000;
    expect(life.due()).toBe("wait");
  }
  expect(life.due()).toBe("end");
});
