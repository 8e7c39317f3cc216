/** Roles of the shop's people and of a conversation's participants, and what each may do in a room. */

/** Weakest first; a role may do everything the ones before it may. */
export const memberRoles = ["agent", "senior", "manager", "admin"] as const;
export type MemberRole = (typeof memberRoles)[number];

/** True when `role` is `least` or stronger. */
export function canActAs(role: MemberRole, least: MemberRole): boolean {
  return memberRoles.indexOf(role) >= memberRoles.indexOf(least);
}

/** A companion is somebody whom the customer invited to look along: she sees, draws and writes, and decides nothing. */
export const participantRoles = ["customer", "agent", "supervisor", "companion"] as const;
export type ParticipantRole = (typeof participantRoles)[number];

/** What a participant may do in a room right now; computed by the server, shown by the client. */
export interface Rights {
  /** Write to the panel's document. */
  readonly draw: boolean;
  /** Change and delete what others drew. */
  readonly editOthers: boolean;
  /** Write chat messages. */
  readonly chat: boolean;
  /** Put products and pictures on the panel. */
  readonly show: boolean;
  /** Lock drawing for the customer, recommend. */
  readonly lead: boolean;
}

export const noRights: Rights = { draw: false, editOthers: false, chat: false, show: false, lead: false };

/** The one rule for rights: role, conversation state and the drawing lock. */
export function rightsOf(
  role: ParticipantRole,
  room: { readonly closed: boolean; readonly drawingLocked: boolean },
): Rights {
  if (room.closed) return noRights;
  switch (role) {
    case "agent":
      return { draw: true, editOthers: true, chat: true, show: true, lead: true };
    case "customer":
      return { draw: !room.drawingLocked, editOthers: false, chat: true, show: true, lead: false };
    case "companion":
      return { draw: !room.drawingLocked, editOthers: false, chat: true, show: false, lead: false };
    case "supervisor":
      return noRights;
  }
}

/** Whose a conversation's film is to see, whole: her shop's managers and admins, and whoever took part in it herself. */
export const maySeeFilm = (role: MemberRole, tookPart: boolean): boolean =>
  tookPart || canActAs(role, "manager");
