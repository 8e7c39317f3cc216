/** Names and colours of the people in the room; the server's list, not what somebody claims. */
import { type PaletteEntry, paletteEntry } from "@/lib/panel/palette";
import type { RoomSnapshot } from "@/lib/sync/client/room";

export interface Person {
  readonly participantId: string;
  readonly name: string;
  readonly entry: PaletteEntry;
}

export function personOf(snapshot: RoomSnapshot, participantId: string): Person | null {
  const found = snapshot.room?.participants.find((person) => person.participantId === participantId);
  return found ? { participantId, name: found.name, entry: paletteEntry(found.color) } : null;
}

/** Who leads: the first agent who is here. */
export function agentName(snapshot: RoomSnapshot): string | null {
  const agents = snapshot.room?.participants.filter((person) => person.role === "agent") ?? [];
  return (agents.find((agent) => agent.online) ?? agents[0])?.name ?? null;
}
