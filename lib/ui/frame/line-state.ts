/** What is said about the line, from what it was and what it is (FR14). */
import type { RoomSnapshot } from "@/lib/sync/client/room";

/** back: just came back and everything is stored. */
export type LineState = "fine" | "offline" | "returning" | "back" | "not-saving";

export function nextLine(
  before: LineState,
  now: Pick<RoomSnapshot, "connection" | "synced" | "saving" | "unsaved" | "messages">,
): LineState {
  if (now.connection === "ended") return "fine";
  if (now.connection === "offline") return "offline";
  if (now.connection === "connecting") return before === "fine" || before === "back" ? "fine" : "offline";
  if (!now.saving) return "not-saving";
  const stored = now.synced && !now.unsaved && now.messages.every((one) => one.state !== "sending");
  const broken = before === "offline" || before === "returning" || before === "not-saving";
  if (!broken) return before;
  return stored ? "back" : "returning";
}
