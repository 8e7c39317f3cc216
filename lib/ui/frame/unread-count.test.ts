import { describe, expect, it } from "vitest";
import { aMessage, anna, maria } from "@/lib/ui/chat/messages.fixture";
import { unreadCount } from "./unread-count";

const messages = [
  aMessage({ seq: 1, participantId: maria }),
  aMessage({ seq: 2, participantId: anna }),
  aMessage({ seq: 3, body: { kind: "notice", code: "joined", name: "Anna" } }),
  aMessage({ seq: 4, participantId: anna }),
  aMessage({ seq: null, participantId: maria }),
];

describe("unread messages", () => {
  it("[FR13] others' messages after the last seen one count; one's own and notices do not", () => {
    expect(unreadCount({ you: maria, messages, receipts: [] }, 0)).toBe(2);
    expect(unreadCount({ you: maria, messages, receipts: [] }, 2)).toBe(1);
    expect(unreadCount({ you: null, messages, receipts: [] }, 0)).toBe(0);
  });

  it("[FR13] what was seen on the page before stays seen", () => {
    const receipts = [
      { participantId: maria, deliveredSeq: 4, seenSeq: 2 },
      { participantId: anna, deliveredSeq: 4, seenSeq: 4 },
    ];
    expect(unreadCount({ you: maria, messages, receipts }, 0)).toBe(1);
  });
});
