import { describe, expect, it } from "vitest";
import { aMessage } from "@/lib/ui/chat/messages.fixture";
import { nextLine } from "./line-state";

const online = {
  connection: "online",
  synced: true,
  saving: true,
  unsaved: false,
  messages: [aMessage({ seq: 1 })],
} as const;
const offline = { ...online, connection: "offline" } as const;
const unsent = [aMessage({ seq: null })];

describe("what is said about the line", () => {
  it("[FR14] nothing is said while nothing happened", () => {
    expect(nextLine("fine", online)).toBe("fine");
    expect(nextLine("fine", { ...online, connection: "connecting", synced: false })).toBe("fine");
  });

  it("[FR14] back is said after a break, and only once everything is stored", () => {
    expect(nextLine("fine", offline)).toBe("offline");
    expect(nextLine("offline", { ...online, connection: "connecting" })).toBe("offline");
    expect(nextLine("offline", { ...online, synced: false })).toBe("returning");
    expect(nextLine("returning", { ...online, messages: unsent })).toBe("returning");
    expect(nextLine("returning", { ...online, unsaved: true })).toBe("returning");
    expect(nextLine("returning", online)).toBe("back");
    expect(nextLine("back", online)).toBe("back");
  });

  it("[FR14] a server that cannot store is not called saved", () => {
    expect(nextLine("returning", { ...online, saving: false })).toBe("not-saving");
    expect(nextLine("not-saving", online)).toBe("back");
  });
});
