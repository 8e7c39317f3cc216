/** What tests turn down and operators may turn: every number of the sync server that is not part of the wire. */
export interface SyncOptions {
  /** How long an empty room stays in memory: a page change of the shop empties it for a second or two. */
  readonly lingerMs: number;
  /** A participant without connection for this long has left; less is a reload. */
  readonly leaveGraceMs: number;
  /** Marks of one participant on one item within this time are one event. */
  readonly factWindowMs: number;
  /** Typing without renewal ends after this. */
  readonly typingMs: number;
  /** Between pings; a connection that answers none until the next is dead, unless its line is slow. y-websocket gives up after 30 s of silence. */
  readonly pingMs: number;
  /** First wait after a failed journal write; doubles up to `retryMaxMs`. */
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  /** Bytes of updates one room holds while they cannot be stored; past it the panel is read-only. */
  readonly maxUnsavedBytes: number;
  /** The same for all rooms of the process together. */
  readonly maxUnsavedBytesOfAll: number;
  /** Between questions to a client whose answer builds on what somebody else has yet to bring. */
  readonly askAgainMs: number;
  /**
   * Journal rows, a quarter more or less, after which a live room is compacted. It costs as much as everything else that is done
   * for them, and most rooms are unloaded, which compacts them, before they are drawn on so much.
   */
  readonly compactAfterUpdates: number;
  /** Journal rows above which they are merged before the room takes them: one by one they would hold up every other room. */
  readonly mergeBeforeLoadAbove: number;
  /**
   * Presence that comes so soon after a write to a socket waits so long at most, so that it shares the next write. Less than
   * between two states of one client (PRESENCE_INTERVAL_MS of lib/panel): hers alone do not wait. More than half the time between
   * two strokes of one hand: what she points at in between goes with the next stroke.
   */
  readonly presenceMs: number;
  /** Bytes waiting in one socket above which presence is kept back, only the newest of each. */
  readonly lossyAboveBytes: number;
  /** Bytes waiting in one socket above which it is sent no document updates until it has drained, then all in one piece. */
  readonly skipAboveBytes: number;
  /** Bytes waiting in one socket, besides one large frame, above which it is closed: words that nobody takes. */
  readonly closeAboveBytes: number;
  /** Live connections of one participant: tabs and devices. */
  readonly maxConnectionsPerParticipant: number;
  /** Upgrades whose token is being checked or whose room is being loaded; the next one is told to try again. */
  readonly maxAtDoor: number;
  /** An upgrade that is not decided by then is told to try again. */
  readonly doorWithinMs: number;
  /** A socket whose peer does not answer the close frame by then is cut off. */
  readonly closeWithinMs: number;
  readonly now: () => number;
}

export const defaultSyncOptions: SyncOptions = {
  lingerMs: 30_000,
  leaveGraceMs: 10_000,
  factWindowMs: 1_000,
  typingMs: 6_000,
  pingMs: 12_000,
  retryBaseMs: 100,
  retryMaxMs: 5_000,
  maxUnsavedBytes: 4_194_304,
  maxUnsavedBytesOfAll: 67_108_864,
  askAgainMs: 1_000,
  compactAfterUpdates: 10_000,
  mergeBeforeLoadAbove: 2_000,
  presenceMs: 30,
  lossyAboveBytes: 262_144,
  skipAboveBytes: 1_048_576,
  closeAboveBytes: 8_388_608,
  maxConnectionsPerParticipant: 8,
  maxAtDoor: 1_024,
  doorWithinMs: 10_000,
  closeWithinMs: 3_000,
  now: Date.now,
};
