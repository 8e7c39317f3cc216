/** What tests turn down and operators may turn: every number of the relay that is not part of the wire. */
import type { DoorOptions } from "@/lib/sockets/door";

export interface MirrorOptions extends DoorOptions {
  /** Bytes and frames of deltas kept for who comes late, besides the last full; past either the page is asked for anew. */
  readonly cacheBytes: number;
  readonly cacheFrames: number;
  /** Bytes that wait for one viewer above which they are dropped, and she is caught up once her line is free. */
  readonly queueBytes: number;
  /** Bytes in a viewer's socket below which it is given more: what is there can neither be dropped nor overtaken. */
  readonly socketBytes: number;
  /** Bytes in a socket above which it is closed: words that nobody takes. */
  readonly closeAboveBytes: number;
  /** Between two demands for a full page: making one costs the customer up to a quarter of a second. */
  readonly askFullMs: number;
  /** Between two words to the capture about how far viewers are. */
  readonly lagMs: number;
  /** A tab that does not answer within this is gone, when somebody else says that she is its next page. */
  readonly probeMs: number;
  /** Between pings; a connection that answers none until the next is dead, unless its line is slow. */
  readonly pingMs: number;
  /** Open mirrors are saved this often, so that a server which dies leaves a trace of when. */
  readonly heartbeatMs: number;
  /** How long a conversation without mirror and connections stays in memory: its budgets outlive a reconnect. */
  readonly lingerMs: number;
  /** First wait after a failed save; doubles up to `retryMaxMs`. */
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  /** Live connections of one participant: tabs and devices. */
  readonly maxConnectionsPerParticipant: number;
  readonly now: () => number;
}

export const defaultMirrorOptions: MirrorOptions = {
  cacheBytes: 2_097_152,
  cacheFrames: 2_000,
  queueBytes: 1_048_576,
  socketBytes: 65_536,
  closeAboveBytes: 8_388_608,
  askFullMs: 2_000,
  lagMs: 100,
  probeMs: 1_500,
  pingMs: 12_000,
  heartbeatMs: 30_000,
  lingerMs: 30_000,
  retryBaseMs: 100,
  retryMaxMs: 5_000,
  maxConnectionsPerParticipant: 8,
  maxAtDoor: 1_024,
  doorWithinMs: 10_000,
  closeWithinMs: 3_000,
  now: Date.now,
};
