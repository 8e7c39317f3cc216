import { describe, expect, it } from "vitest";
import { ProductCollector } from "./collect-products";

describe("a feed that says one product again and again", () => {
  it("[CA47] is not held in memory beyond a hundred such rows", () => {
    const collector = new ProductCollector({ currency: "EUR", now: 0 }, "");
    const fields = new Map([
      ["id", ["P"]],
      ["title", ["Bag"]],
    ]);
    for (let line = 1; line <= 1_000; line++) collector.take({ line, fields, parent: true });
    expect(collector.problems.rejectedTotal).toBe(900);
    expect(collector.problems.rejected[0]).toMatchObject({ line: 101, reasons: ["id_used_before:1"] });
    expect(collector.end()?.product.externalId).toBe("P");
  });
});
