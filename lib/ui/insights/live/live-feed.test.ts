import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveSnapshot } from "@/lib/protocol/live";
import { OLD_AFTER_MS, openLiveFeed } from "./live-feed";

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

class FakePage extends EventTarget {
  hidden = false;
  show(seen: boolean): void {
    this.hidden = !seen;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

const snapshot = (waiting: number): LiveSnapshot => ({
  now: Date.now() + 60_000,
  visitors: 0,
  waiting,
  longestSince: null,
  talking: 0,
  people: [],
  today: {
    since: 0,
    visitors: 0,
    conversations: 0,
    taken: 0,
    abandoned: 0,
    wait: null,
    orders: 0,
    value: [],
  },
});

function open(first: LiveSnapshot | null = null) {
  const sources: FakeSource[] = [];
  const page = new FakePage();
  const feed = openLiveFeed("/stream", first, page as unknown as Document, () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  });
  return { feed, page, sources, last: () => sources.at(-1) ?? new FakeSource() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the live screen's line", () => {
  it("[IN149] keeps what it was told, says when it is old, and is live again with the next word", () => {
    const { feed, last } = open(snapshot(1));
    expect(feed.getState()).toMatchObject({ line: "connecting", snapshot: { waiting: 1 } });
    last().say("live", JSON.stringify(snapshot(2)));
    expect(feed.getState()).toMatchObject({ line: "live", snapshot: { waiting: 2 }, skew: 60_000 });
    vi.advanceTimersByTime(OLD_AFTER_MS - 1);
    expect(feed.getState().line).toBe("live");
    vi.advanceTimersByTime(1);
    expect(feed.getState()).toMatchObject({ line: "old", snapshot: { waiting: 2 } });
    last().say("live", JSON.stringify(snapshot(3)));
    expect(feed.getState()).toMatchObject({ line: "live", snapshot: { waiting: 3 } });
    feed.close();
  });

  it("[IN149] a lost line is said at once, and the browser brings it back", () => {
    const { feed, sources, last } = open();
    last().say("live", JSON.stringify(snapshot(2)));
    last().say("error");
    expect(feed.getState()).toMatchObject({ line: "old", snapshot: { waiting: 2 } });
    last().say("live", JSON.stringify(snapshot(2)));
    expect(feed.getState().line).toBe("live");
    expect(sources).toHaveLength(1);
    feed.close();
    expect(last().readyState).toBe(2);
  });

  it("[IN149] is closed while hidden, and opened when it is seen again", () => {
    const { feed, page, sources, last } = open();
    last().say("live", JSON.stringify(snapshot(2)));
    page.show(false);
    expect([feed.getState().line, last().readyState]).toEqual(["hidden", 2]);
    vi.advanceTimersByTime(10 * OLD_AFTER_MS);
    expect(feed.getState().line).toBe("hidden");
    page.show(true);
    page.show(true);
    expect([sources.length, feed.getState().line]).toEqual([2, "connecting"]);
    last().say("live", JSON.stringify(snapshot(4)));
    expect(feed.getState()).toMatchObject({ line: "live", snapshot: { waiting: 4 } });
    feed.close();
    page.show(false);
    expect(feed.getState().line).toBe("live");
  });

  it("[IN149] who is signed out stays so; what does not fit changes nothing", () => {
    const { feed, page, sources, last } = open();
    last().say("live", JSON.stringify(snapshot(2)));
    last().say("live", JSON.stringify({ waiting: "everybody" }));
    expect(feed.getState().snapshot?.waiting).toBe(2);
    last().say("signed-out", "{}");
    page.show(false);
    page.show(true);
    expect([feed.getState().line, sources.length]).toEqual(["signed-out", 1]);
    const refused = open();
    refused.last().readyState = 2;
    refused.last().say("error");
    expect(refused.feed.getState().line).toBe("signed-out");
  });
});
