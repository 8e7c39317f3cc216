import { describe, expect, it } from "vitest";
import { LONGEST_STAY_MS, type Look, stays } from "./stays";

const look = (seconds: number, key: string | null, url: string, visitorId = "v"): Look => ({
  visitorId,
  key,
  url,
  occurredAt: new Date(seconds * 1_000),
});
const of = (...oldestFirst: Look[]) => Object.fromEntries(stays(oldestFirst.toReversed()));

describe("how long she looked", () => {
  it("[CO97] until her next page or product, whichever it is, and nothing for the last", () => {
    expect(of(look(0, "A", "/a"), look(40, null, "/list"), look(60, "B", "/b"))).toEqual({ A: 40_000 });
    expect(of(look(0, "A", "/a"), look(40, "B", "/b"))).toEqual({ A: 40_000 });
    expect(of(look(0, "A", "/a"))).toEqual({});
  });

  it("[CO97] the product's own page is no other page, whichever of both was told first", () => {
    const end = look(30, null, "/list");
    expect(of(look(0, null, "/a"), look(0, "A", "/a"), end)).toEqual({ A: 30_000 });
    expect(of(look(0, "A", "/a"), look(1, null, "/a"), end)).toEqual({ A: 30_000 });
    expect(of(look(0, "A", "/a"), look(1, null, "/a"))).toEqual({});
  });

  it("[CO97] looks at it again and reloads add up, each with its own limit", () => {
    expect(
      of(
        ...[look(0, "A", "/a"), look(10, null, "/a"), look(10, "A", "/a"), look(25, "B", "/b")],
        ...[look(30, "A", "/a"), look(86_400, null, "/")],
      ),
    ).toEqual({ A: 25_000 + LONGEST_STAY_MS, B: 5_000 });
  });

  it("[CO97] another browser's pages end nothing", () => {
    expect(of(look(0, "A", "/a", "phone"), look(5, "B", "/b", "desk"), look(20, null, "/", "phone"))).toEqual(
      {
        A: 20_000,
      },
    );
  });
});
