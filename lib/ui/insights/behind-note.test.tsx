import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Behind } from "@/lib/insights/rollups/behind";
import { BehindNote } from "./behind-note";

const NOW = new Date("2026-05-10T22:30:00Z");
const draw = (behind: Behind) =>
  renderToStaticMarkup(<BehindNote behind={behind} timeZone="Europe/Rome" locale="en" now={NOW} />);

it("[IN223] says up to when it is counted, by the shop's clocks, with the day where it is another", () => {
  expect(draw({ state: "fresh" })).toBe("");
  expect(draw({ state: "rebuilding" })).toContain("Counting everything anew");
  // Half past midnight there: ten minutes before is today, an hour before is not.
  expect(draw({ state: "behind", since: new Date("2026-05-10T22:20:00Z") })).toMatch(/up to 12:20.AM</);
  expect(draw({ state: "behind", since: new Date("2026-05-10T21:30:00Z") })).toMatch(
    /up to May 10, 2026, 11:30.PM/,
  );
});
