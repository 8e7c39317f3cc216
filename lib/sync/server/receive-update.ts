/** A client's update on its way into the room: whole? allowed? storable? Then applied, relayed and stored. */
import type { Member } from "./member";
import type { Room } from "./room";

/** @throws MalformedFrame */
export function receiveUpdate(
  room: Room,
  member: Member,
  frame: { update: Uint8Array; complete: boolean },
): void {
  const { complete } = frame;
  const { update, whole } = complete
    ? room.ownPart(member, frame.update)
    : { update: frame.update, whole: true };
  const by = member.claims.participantId;
  const { editOthers, show } = room.rightsByRole(member);
  const verdict = room.document.check(update, by, { editOthers, show });
  if (complete) room.saving.answered(member, whole && verdict.kind !== "missing");
  switch (verdict.kind) {
    case "nothing":
      return;
    case "missing":
      // Dropped while catching up: its answer brings it again.
      if (member.sync === "in-step") member.refuse("conflict");
      return;
    case "refused":
      // A locked customer is told that she is locked, whatever she wrote.
      member.refuse(room.rightsByRole(member).draw ? verdict.code : room.refusalOf(member));
      return;
    case "change":
      break;
  }
  if (!room.rightsByRole(member).draw) {
    member.refuse(room.refusalOf(member));
    return;
  }
  if (!room.saving.canHold(update.length)) {
    room.saving.putAside(member);
    return;
  }
  if (verdict.adds && !room.document.hasRoomFor(update.length)) {
    member.refuse("panel_full");
    return;
  }
  try {
    const change = room.document.apply(update, verdict, by);
    room.store(change, by, member);
    room.tidy();
  } catch (error) {
    room.break(error);
  }
}
