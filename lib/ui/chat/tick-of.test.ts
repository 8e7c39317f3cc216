import { describe, expect, it } from "vitest";
import type { LogParticipant } from "./log-message";
import { aMessage, anna, bea, maria, tom } from "./messages.fixture";
import { tickOf } from "./tick-of";

const people: readonly LogParticipant[] = [
  { participantId: maria, role: "customer", name: "Maria", color: 0 },
  { participantId: anna, role: "agent", name: "Anna", color: 1 },
  { participantId: bea, role: "supervisor", name: "Bea", color: 2 },
  { participantId: tom, role: "companion", name: "Tom (with Maria)", color: 3 },
];
const message = aMessage({ seq: 5, participantId: maria });

describe("ticks", () => {
  it("[CH8] pending, sent, delivered, seen, in this order", () => {
    const tick = (deliveredSeq: number, seenSeq: number) =>
      tickOf(message, maria, people, [{ participantId: anna, deliveredSeq, seenSeq }]);
    expect(tickOf(aMessage({ seq: null, participantId: maria }), maria, people, [])).toBe("pending");
    expect(tickOf(message, maria, people, [])).toBe("sent");
    expect(tick(4, 4)).toBe("sent");
    expect(tick(5, 4)).toBe("delivered");
    expect(tick(5, 5)).toBe("seen");
  });

  it("[CH9] neither a supervisor, a companion nor one's own other window counts as the other side", () => {
    const receipts = [
      { participantId: bea, deliveredSeq: 9, seenSeq: 9 },
      { participantId: tom, deliveredSeq: 9, seenSeq: 9 },
      { participantId: maria, deliveredSeq: 9, seenSeq: 9 },
    ];
    expect(tickOf(message, maria, people, receipts)).toBe("sent");
  });
});
