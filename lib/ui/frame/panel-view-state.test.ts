import { describe, expect, it } from "vitest";
import { changePanelView, noPanelView, type PanelViewEvent } from "./panel-view-state";

const play = (...events: readonly PanelViewEvent[]) => events.reduce(changePanelView, noPanelView);
const content = (items: number, shown: string): PanelViewEvent => ({ type: "content", items, shown });

describe("whether the shopper sees the panel", () => {
  it("[FR12] it opens when something is put on it, and goes when all is taken off", () => {
    expect(play(content(0, "")).open).toBe(false);
    expect(play(content(1, "a")).open).toBe(true);
    expect(play(content(1, "a"), content(0, "")).open).toBe(false);
  });

  it("[FR11] closed by her it stays closed, and what is shown later is only announced", () => {
    const closed = play(content(1, "a"), { type: "closed" });
    expect(closed).toMatchObject({ open: false, news: false });
    expect(changePanelView(closed, content(1, "a"))).toMatchObject({ open: false, news: false });
    expect(changePanelView(closed, content(2, "b"))).toMatchObject({ open: false, news: true });
    expect(changePanelView(closed, content(1, "b"))).toMatchObject({ open: false, news: true });
  });

  it("[FR12] asking for it opens it again and takes the announcement away", () => {
    const asked = play(content(1, "a"), { type: "closed" }, content(2, "b"), { type: "opened" });
    expect(asked).toMatchObject({ open: true, closedByHer: false, news: false });
    expect(play({ type: "closed" }, { type: "opened" }, content(1, "a")).open).toBe(true);
  });

  it("[FR12] the next conversation begins without a panel", () => {
    expect(play(content(1, "a"), { type: "left" })).toEqual(noPanelView);
  });
});
