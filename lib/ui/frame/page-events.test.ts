import { expect, it } from "vitest";
import { toLoaderSchema } from "@/lib/protocol/bridge";
import { productIdSchema } from "@/lib/protocol/ids";
import { readFrameMessage } from "@/lib/widget/read-frame-message";
import { addedToCart, conversationStarted, recommendationOpened } from "./page-events";

const product = {
  productId: productIdSchema.parse("00000000-0000-4000-8000-000000000001"),
  externalId: "BAG-1",
  title: "Saddle bag",
  url: "",
  priceMinor: 24_900,
  saleMinor: null,
  currency: "EUR",
  available: true,
  pictureId: null,
  variants: [],
};

it("[WI23] names what happened in GA4's words, amounts in the currency's own unit, and nobody's name", () => {
  expect(conversationStarted).toEqual({ event: "vetrina_conversation_started" });
  expect(recommendationOpened(product)).toMatchObject({
    event: "select_item",
    ecommerce: { item_list_id: "vetrina", items: [{ item_id: "BAG-1", item_name: "Saddle bag" }] },
  });
  expect(addedToCart({ id: "BAG-1-RED", quantity: 2, unitMinor: 12_950 }, "EUR")).toMatchObject({
    event: "add_to_cart",
    ecommerce: { currency: "EUR", value: 259, items: [{ item_id: "BAG-1-RED", quantity: 2, price: 129.5 }] },
  });
  expect(addedToCart({ id: "X", quantity: 3, unitMinor: 435 }, "EUR").ecommerce).toMatchObject({
    value: 13.05,
  });
  expect(addedToCart({ id: "X", quantity: 1, unitMinor: 900 }, "JPY").ecommerce).toMatchObject({
    value: 900,
  });
});

it("[WI23] is a message that both ends of the bridge read alike", () => {
  for (const event of [conversationStarted, recommendationOpened(product)]) {
    const message = { app: "vetrina", type: "told", event };
    expect(toLoaderSchema.parse(message)).toEqual(message);
    expect(readFrameMessage(message)).toEqual(message);
  }
  expect(readFrameMessage({ app: "vetrina", type: "told", event: { event: 1 } })).toBeNull();
});
