import { expect, it } from "vitest";
import { parseQuestion } from "@/lib/insights/question";
import { shopIdSchema } from "@/lib/protocol/ids";
import { widerHref } from "./parts";

const SHOP = { shopId: shopIdSchema.parse("01900000-0000-7000-8000-000000000000"), timeZone: "Europe/Rome" };
const NOW = new Date("2026-05-10T12:00:00Z");
const PATH = "/insights/conversations";

it("[IN185] a longer time is offered on the same page, filters and state kept", () => {
  const few = parseQuestion({ from: "2026-05-01", to: "2026-05-02", device: "phone" }, SHOP, NOW);
  expect(widerHref(PATH, few, { state: "bought" })).toBe(`${PATH}?days=90&device=phone&state=bought`);
  expect(widerHref(PATH, parseQuestion({ days: "30" }, SHOP, NOW))).toBe(`${PATH}?days=90`);
  expect(widerHref(PATH, parseQuestion({ days: "90" }, SHOP, NOW))).toBeNull();
});
