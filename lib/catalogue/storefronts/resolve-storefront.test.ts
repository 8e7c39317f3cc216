import { expect, it } from "vitest";
import { resolveStorefront } from "./resolve-storefront";

const page = (origin: string, locale = "") => ({ origin, locale });
const at = (id: string, locale: string, ...origins: string[]) => ({ id, locale, origins });
const MAIN = "https://shop.example";
const CH = "https://shop.ch";
const storefronts = [
  at("uk", "en-GB", "https://shop.co.uk"),
  at("english", "en"),
  at("ch-de", "de-CH", CH),
  at("ch-fr", "fr-CH", CH),
];
const find = (origin: string, locale?: string) => resolveStorefront(storefronts, "de", page(origin, locale));

it("[CA144] the origin decides, whatever language the page claims", () => {
  expect(find("https://shop.co.uk", "de")).toBe("uk");
  expect(find("https://shop.co.uk")).toBe("uk");
  expect(find(MAIN, "fr-CH")).toBeNull();
});

it("[CA144] the language chooses among those that share an origin, first as a whole, then by its beginning", () => {
  expect(find(CH, "fr")).toBe("ch-fr");
  expect(find(CH, "FR-ch")).toBe("ch-fr");
  expect(find(CH, "it")).toBe("ch-de");
  expect(find(MAIN, "en-US")).toBe("english");
  expect(find(MAIN, "de-AT")).toBeNull();
  expect(resolveStorefront([at("at", "de-AT")], "de", page(MAIN, "de-AT"))).toBe("at");
  expect(resolveStorefront([at("at", "de-AT")], "de", page(MAIN, "de"))).toBeNull();
});

it("[CA144] a page whose origin nobody knows is of the shop's own, and so is every page of a shop without others", () => {
  expect(find("", "en")).toBeNull();
  expect(resolveStorefront([], "de", page(MAIN, "en"))).toBeNull();
});
