import { expect, it } from "vitest";
import { loadListPage } from "./list-page";

const rows = ["a", "b", "c"];
/** As reports do: of a page without rows nobody knows how many there are. */
const load = async (offset: number) => {
  const page = rows.slice(offset, offset + 2);
  return { rows: page, total: page.length === 0 ? 0 : rows.length };
};

it("[IN174] a page behind the end of a list is its first", async () => {
  expect(await loadListPage(2, load)).toEqual({ rows: ["c"], total: 3, offset: 2 });
  expect(await loadListPage(50, load)).toEqual({ rows: ["a", "b"], total: 3, offset: 0 });
  expect(await loadListPage(50, async () => ({ rows: [], total: 0 }))).toEqual({
    rows: [],
    total: 0,
    offset: 0,
  });
});
