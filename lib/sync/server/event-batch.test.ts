import { expect, it } from "vitest";
import { conversationIdSchema, shopIdSchema } from "@/lib/protocol/ids";
import { EventBatch } from "./event-batch";
import type { RoomEvent } from "./ports";

const uuid = (digit: number) => `0000000${digit}-0000-4000-8000-000000000000`;

function event(room: number): RoomEvent {
  return {
    type: "item_shown",
    shopId: shopIdSchema.parse(uuid(0)),
    conversationId: conversationIdSchema.parse(uuid(room)),
    participantId: null,
    memberId: null,
    visitorId: null,
    productId: null,
    itemId: null,
    data: {},
    at: 1,
  };
}

it("[SY65] what happens in several rooms at once is recorded by one statement, in order", async () => {
  const statements: number[][] = [];
  const batch = new EventBatch(async (events) => {
    statements.push(events.map(({ conversationId }) => Number(conversationId[7])));
  });
  await Promise.all([batch.push([event(1)]), batch.push([event(2), event(1)]), batch.push([event(3)])]);
  expect(statements).toEqual([[1, 2, 1, 3]]);
});

it("[SY65] a room whose events nobody takes loses only its own", async () => {
  const recorded: RoomEvent[] = [];
  const batch = new EventBatch(async (events) => {
    if (events.some(({ conversationId }) => conversationId === uuid(2)))
      throw new Error("no such conversation");
    recorded.push(...events);
  });
  const pushed = [1, 2, 3].map((room) => batch.push([event(room)]));
  await batch.flush();
  const outcomes = await Promise.allSettled(pushed);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(recorded).toHaveLength(2);
});
