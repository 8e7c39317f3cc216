import { describe, expect, it } from "vitest";
import type { NodeRow, PageDelta, Splice } from "./page-message";
import { fromRelativeIds, relativeRows, relativeSplices } from "./relative-ids";

const travel = ({ n, k, ...rest }: PageDelta) =>
  fromRelativeIds(
    JSON.parse(
      JSON.stringify({ ...rest, ...(n && { n: relativeRows(n) }), ...(k && { k: relativeSplices(k) }) }),
    ),
  );

describe("ids that travel as distances", () => {
  it("[MI48] come back as they were, in any order and in any number", () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.info(`seed ${seed}`);
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state % below;
    };
    const id = () => 1 + random(4_000_000_000);
    for (let round = 0; round < 200; round++) {
      const n = Array.from({ length: random(20) }, (): NodeRow => [id(), 3, "text"]);
      const k = Array.from(
        { length: random(20) },
        (): Splice<number> => [id(), random(9), random(9), ...Array.from({ length: random(12) }, id)],
      );
      expect(travel({ n, k, x: [[7, "word"]] })).toEqual({ n, k, x: [[7, "word"]] });
    }
  });

  it("[MI48] nothing is added to what says nothing of them", () => {
    expect(travel({ x: [[3, "word"]] })).toEqual({ x: [[3, "word"]] });
  });

  it.each(["null", '{"n":3}', '{"n":[3,null]}', '{"k":[{}, null]}'])(
    "[MI48] what has no rows is told by an exception: %s",
    (text) => {
      expect(() => fromRelativeIds(JSON.parse(text))).toThrow(TypeError);
    },
  );

  it("[MI48] ids that are none stay none", () => {
    const { n, k } = fromRelativeIds(JSON.parse('{"n":[["a",3,"x"],[1e999,3,"y"]],"k":[[1,0,0,{},2]]}'));
    expect(n.map(([id]: unknown[]) => Number.isInteger(id))).toEqual([false, false]);
    expect(k[0].slice(3).some(Number.isInteger)).toBe(false);
  });
});
