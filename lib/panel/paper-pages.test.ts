import { expect, it } from "vitest";
import { itemIdSchema } from "@/lib/protocol/ids";
import { pageBeside } from "./paper-pages";
import { sampleItem } from "./samples";
import type { Item } from "./schema";

const page = (id: string, number: number, of: number, addedBy = "anna"): Item =>
  sampleItem({ id: itemIdSchema.parse(`item-${id}`), title: "", page: { number, of }, addedBy });

it("[PA53] a paper's pages follow one another, and end where it ends", () => {
  const [a, b, c] = [page("one", 1, 3), page("two", 2, 3), page("three", 3, 3)];
  const items = [sampleItem(), a, b, c, sampleItem({ id: itemIdSchema.parse("item-last") })];
  expect([pageBeside(items, a, 1), pageBeside(items, b, 1), pageBeside(items, c, 1)]).toEqual([b, c, null]);
  expect([pageBeside(items, a, -1), pageBeside(items, b, -1)]).toEqual([null, a]);
  expect(pageBeside(items, sampleItem(), 1)).toBeNull();
});

it("[PA53] a page that could not be read, or was taken off, is stepped over both ways", () => {
  const [a, c] = [page("one", 1, 4), page("three", 3, 4)];
  expect([pageBeside([a, c], a, 1), pageBeside([a, c], c, -1)]).toEqual([c, a]);
  expect([pageBeside([a, c], a, -1), pageBeside([a, c], c, 1)]).toEqual([null, null]);
});

it("[PA53] another paper's page is not the next one, nor the same paper's first when it was sent again", () => {
  const [a, last] = [page("one", 1, 3), page("three", 3, 3)];
  const [other, theirs] = [page("other", 2, 4), page("theirs", 2, 3, "ben")];
  expect(pageBeside([a, other], a, 1)).toBeNull();
  expect(pageBeside([a, theirs], a, 1)).toBeNull();
  const again = page("again", 1, 3);
  expect([pageBeside([last, again], last, 1), pageBeside([last, again], again, -1)]).toEqual([null, null]);
});
