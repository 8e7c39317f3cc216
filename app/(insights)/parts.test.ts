import { expect, it } from "vitest";
import { parseQuestion } from "@/lib/insights/question";
import { shopIdSchema } from "@/lib/protocol/ids";
import { partHref, widerHref } from "./parts";

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
