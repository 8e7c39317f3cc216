/** A client's update on its way into the room: whole? allowed? storable? Then applied, stored, and only then relayed. */
import type { ErrorCode } from "@/lib/protocol/errors";
import type { Member } from "./member";
import { controlFrame } from "./outgoing";
import type { Room } from "./room";

/** @throws MalformedFrame */
export function receiveUpdate(
  room: Room,
  member: Member,
  frame: { update: Uint8Array; complete: boolean },
): void {
  const { update, complete } = frame;
  const by = member.claims.participantId;
  const verdict = room.document.check(update, by);
  const catchingUp = member.sync === "catching-up" && !complete;
  if (complete) member.sync = "in-step";
  switch (verdict.kind) {
    case "nothing":
      return;
    case "missing":
      if (!catchingUp) refuse(member, "conflict");
      return;
    case "forbidden":
      refuse(member, "forbidden");
      return;
    case "change":
      break;
  }
  if (!room.rightsByRole(member).draw) {
    refuse(member, room.refusalOf(member));
    return;
  }
  if (!room.canHold(update.length)) {
    room.putAside(member);
    return;
  }
  if (verdict.adds && !room.document.hasRoomFor(update.length)) {
    refuse(member, "panel_full");
    return;
  }
  try {
    const change = room.document.apply(update, verdict.clients, by);
    room.store(change, by, member);
  } catch (error) {
    room.break(error);
  }
}

function refuse(member: Member, code: ErrorCode): void {
  member.send(controlFrame({ type: "refused", id: "", code }));
}
