import { expect, it } from "vitest";
import type { CustomerOrderDetails } from "@/lib/protocol/customer-orders";
import { orderInWords } from "./order-in-words";

const order: CustomerOrderDetails = {
  reference: "#1001",
  placedAt: Date.UTC(2026, 10, 12, 12),
  currency: "EUR",
  totalMinor: 4_900,
  state: "shipped",
  deliveryDate: "",
  proven: true,
  cancelled: false,
  carrier: "DHL",
  trackingNumber: "JD01",
  trackingUrl: "https://dhl.example/JD01",
  lines: [{ title: "Bag", quantity: 1 }],
};

it("[DK42] tells where it is and its parcel, in the customer's way to write a day", () => {
  expect(orderInWords(order, "shipped", "de")).toBe(
    "#1001 · 12.11.2026 · shipped\nDHL · JD01\nhttps://dhl.example/JD01",
  );
  expect(orderInWords({ ...order, deliveryDate: "Friday" }, "shipped", "en")).toContain("shipped · Friday\n");
});

it("[DK42] leaves out what nobody knows", () => {
  const bare = { ...order, carrier: "", trackingNumber: "", trackingUrl: "" };
  expect(orderInWords(bare, "", "it")).toBe("#1001 · 12 nov 2026");
});
