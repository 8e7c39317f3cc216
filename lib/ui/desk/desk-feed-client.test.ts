import { describe, expect, it } from "vitest";
import type { ConversationId } from "@/lib/protocol/ids";
import { openDeskFeed } from "./desk-feed-client";

/** What EventSource does for us, by hand. */
class FakeSource extends EventTarget {
  readyState = 0;
  close(): void {
    this.readyState = 2;
  }
  say(type: string, data = ""): void {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

function open() {
  const source = new FakeSource();
  const feed = openDeskFeed("/stream", () => source as unknown as EventSource);
  return { source, feed };
}

const empty = JSON.stringify({ now: Date.now() + 60_000, waiting: [], mine: [], others: [] });

describe("the desk's feed", () => {
  it("[DK5] keeps the last snapshot while the line is away, and comes back", () => {
    const { source, feed } = open();
    expect(feed.getState()).toMatchObject({ line: "connecting", desk: null });
    source.say("desk", empty);
    expect(feed.getState().line).toBe("live");
    expect(feed.getState().skew).toBeGreaterThan(50_000);
    source.say("error");
    expect(feed.getState()).toMatchObject({ line: "offline", desk: { waiting: [] } });
    source.say("open");
    expect(feed.getState().line).toBe("live");
  });

  it("[DK5] a refused stream, or the server's word, means signed out", () => {
    const refused = open();
    refused.source.readyState = 2;
    refused.source.say("error");
    expect(refused.feed.getState().line).toBe("signed-out");
    const told = open();
    told.source.say("signed-out", "{}");
    expect([told.feed.getState().line, told.source.readyState]).toEqual(["signed-out", 2]);
  });

  it("[DK5] what does not fit is dropped, the desk stays as it was", () => {
    const { source, feed } = open();
    const heard: (readonly ConversationId[])[] = [];
    feed.onCustomerChange((ids) => heard.push(ids));
    source.say("desk", empty);
    const before = feed.getState().desk;
    source.say("desk", JSON.stringify({ waiting: "everybody" }));
    source.say("customer", JSON.stringify(["not an id"]));
    source.say("customer", "[]");
    expect(feed.getState().desk).toBe(before);
    expect(heard).toEqual([[]]);
  });
});
