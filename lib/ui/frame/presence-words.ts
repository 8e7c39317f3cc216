import type { RoomState } from "@/lib/protocol/control";
import type { Translate } from "@/lib/ui/messages/define";
import type { FrameKey } from "@/lib/ui/messages/frame";

export interface Person {
  readonly name: string;
  readonly online: boolean;
}

/** The shop's people in the conversation, those who are here first. Who only looks on is named, too. */
export function peopleOf(room: RoomState | null): readonly Person[] {
  return (room?.participants ?? [])
    .filter((one) => one.role === "agent" || (one.role === "supervisor" && one.online))
    .sort((a, b) => Number(b.online) - Number(a.online))
    .map(({ name, online }) => ({ name, online }));
}

/** Whether an agent took it: whoever only looks on did not. */
export function wasTaken(room: RoomState | null): boolean {
  return (room?.participants ?? []).some(({ role }) => role === "agent");
}

/** The line below the shop's name. */
export function presenceLine(
  room: RoomState | null,
  agentsAtStart: readonly string[],
  t: Translate<FrameKey>,
): string {
  if (room === null || room.status === "closed") return "";
  const people = peopleOf(room);
  const here = people.filter((one) => one.online);
  const [first, second] = here;
  if (first && second) {
    return t("withMany", { name: first.name, other: here.length > 2 ? t("others") : second.name });
  }
  if (first) return t("withOne", { name: first.name });
  const away = people[0];
  if (away) return t("away", { name: away.name });
  return t(agentsAtStart.length > 0 ? "waiting" : "waitingNobody");
}
