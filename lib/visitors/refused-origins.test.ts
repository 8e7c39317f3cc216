import { expect, it } from "vitest";
import { listRefusedOrigins, noteRefusedOrigin } from "./refused-origins";

it("[VI13] a shop sees which pages used its key and were turned away, a few and the latest first", () => {
  noteRefusedOrigin("shop-1", "https://www.shop.example", 1_000);
  noteRefusedOrigin("shop-1", "https://www.shop.example", 2_000);
  noteRefusedOrigin("shop-2", "https://other.example", 2_000);
  noteRefusedOrigin("shop-1", `https://${"x".repeat(300)}.example`, 2_500);
  expect(listRefusedOrigins("shop-1", 1_500)).toEqual([
    { origin: "https://www.shop.example", count: 2, lastAt: 2_000 },
  ]);
  expect(listRefusedOrigins("shop-1", 3_000)).toEqual([]);
  for (let i = 0; i < 1_000; i++) noteRefusedOrigin("shop-1", `https://flood-${i}.example`, 10_000 + i);
  const flooded = listRefusedOrigins("shop-1", 0);
  expect(flooded).toHaveLength(10);
  expect(flooded[0]?.origin).toBe("https://flood-999.example");
});
