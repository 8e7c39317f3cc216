import { expect, it } from "vitest";
import type { InstallCheck } from "@/lib/insights/install-check";
import { checksOf } from "./checks-of";

const nothing: InstallCheck = {
  since: new Date(0),
  pages: [],
  pageCount: 0,
  sites: [],
  anonymousViews: 0,
  products: { told: 0, unknown: [], lastAt: null },
  carts: { told: 0, unknown: [], lastAt: null },
  orders: { claimed: 0, confirmed: 0, lastConfirmedAt: null },
  persons: 0,
};
const facts = { refusedOrigins: [], hasSecret: true, formatDate: () => "5 May" };
const lines = (check: Partial<InstallCheck>, more: { hasSecret?: boolean; refusedOrigins?: string[] } = {}) =>
  checksOf({ ...nothing, ...check }, { ...facts, ...more }).map(({ state, text }) => `${state} ${text}`);

it("[IN81] an empty hour says what is missing, and what may be", () => {
  expect(lines({})).toEqual([
    "missing scriptMissing",
    "missing productsMissing",
    "missing cartMissing",
    "missing ordersMissing",
    "optional personsMissing",
  ]);
  expect(lines({}, { hasSecret: false }).at(-1)).toBe("optional personsNoSecret");
});

it("[IN81] what came in works; what the catalogue does not know, and pages that were turned away, need a look", () => {
  const check = {
    pageCount: 3,
    anonymousViews: 2,
    products: { told: 5, unknown: ["sku-7"], lastAt: null },
    carts: { told: 1, unknown: [], lastAt: null },
    orders: { claimed: 1, confirmed: 2, lastConfirmedAt: new Date(0) },
    persons: 1,
  };
  expect(lines(check, { refusedOrigins: ["https://www.shop.example"] })).toEqual([
    "ok scriptOk",
    "problem refused",
    "ok anonymous",
    "ok productsOk",
    "problem productsUnknown",
    "ok cartOk",
    "ok ordersOk",
    "problem ordersClaimed",
    "ok personsOk",
  ]);
});

it("[IN81] an hour without an order is no fault where earlier ones were proven", () => {
  const orders = { claimed: 0, confirmed: 0, lastConfirmedAt: new Date(0) };
  expect(lines({ orders })).toContain("ok ordersEarlier");
});

it("[IN82] of several sites the silent one is named, unless nothing came at all or some came without an address", () => {
  const site = (origin: string, lastAt: Date | null) => ({ origin, views: 1, products: 0, lastAt });
  const told = site("https://shop.example", new Date(0));
  const silent = site("https://de.shop.example", null);
  const named = (check: Partial<InstallCheck>) =>
    checksOf({ ...nothing, ...check }, facts).flatMap(({ text, params }) =>
      text === "siteSilent" ? [params?.origin] : [],
    );
  expect(named({ pageCount: 1, sites: [told, silent] })).toEqual(["https://de.shop.example"]);
  expect(named({ pageCount: 1, sites: [told] })).toEqual([]);
  expect(named({ sites: [{ ...told, lastAt: null }, silent] })).toEqual([]);
  expect(named({ pageCount: 1, anonymousViews: 1, sites: [told, silent] })).toEqual([]);
});
