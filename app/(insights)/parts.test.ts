import { expect, it } from "vitest";
import { parseQuestion } from "@/lib/insights/question";
import { shopIdSchema } from "@/lib/protocol/ids";
import { partHref, pointHrefs, widerHref } from "./parts";

const SHOP = { shopId: shopIdSchema.parse("01900000-0000-7000-8000-000000000000"), timeZone: "Europe/Rome" };
const NOW = new Date("2026-05-10T12:00:00Z");
const PATH = "/insights/conversations";

it("[IN185] a longer time is offered on the same page, filters and state kept", () => {
  const few = parseQuestion({ from: "2026-05-01", to: "2026-05-02", device: "phone" }, SHOP, NOW);
  expect(widerHref(PATH, few, { state: "bought" })).toBe(`${PATH}?days=90&device=phone&state=bought`);
  expect(widerHref(PATH, parseQuestion({ days: "30" }, SHOP, NOW))).toBe(`${PATH}?days=90`);
  expect(widerHref(PATH, parseQuestion({ days: "90" }, SHOP, NOW))).toBeNull();
});

it("[IN240] a part is asked about one product with the period and filters that are chosen", () => {
  const productId = "01900000-0000-7000-8000-000000000001";
  const chosen = parseQuestion({ days: "90", device: "phone" }, SHOP, NOW);
  const href = partHref("people", { ...chosen, filters: { ...chosen.filters, productId } });
  expect(href).toMatch(/^\/insights\/people\?/);
  const asked = parseQuestion(new URL(href, "http://shop").searchParams, SHOP, NOW);
  expect(asked).toMatchObject({ preset: 90, filters: { device: "phone", productId } });
});

it("[IN241] a point opens its own days, as far as they lie in the range; added up, all until then", () => {
  const span = (href: string) => {
    const search = new URL(href, "http://shop").searchParams;
    return [search.get("from"), search.get("to")].join(" ");
  };
  const days = parseQuestion({ from: "2026-03-28", to: "2026-03-30", device: "phone" }, SHOP, NOW);
  // The 29th has 23 hours.
  expect(pointHrefs(PATH, days).map(span)).toEqual([
    "2026-03-28 2026-03-28",
    "2026-03-29 2026-03-29",
    "2026-03-30 2026-03-30",
  ]);
  expect(pointHrefs(PATH, days, "addedUp", { kind: "talked" })[1]).toBe(
    `${PATH}?from=2026-03-28&to=2026-03-29&device=phone&kind=talked`,
  );
  const weeks = parseQuestion({ from: "2026-01-01", to: "2026-04-08" }, SHOP, NOW);
  const spans = pointHrefs(PATH, weeks).map(span);
  expect([spans[0], spans[1], spans.at(-1)]).toEqual([
    "2026-01-01 2026-01-04",
    "2026-01-05 2026-01-11",
    "2026-04-06 2026-04-08",
  ]);
});
