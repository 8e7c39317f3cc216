/**
 * Whether somebody is still there, by her answers to pings. A ping waits behind all that was sent before it: on a slow line
 * it is given the time of that, or who is sent a large page would be taken for dead before she has it, again and again.
 */

/** Of the slowest line that counts as one: 50 kbit a second. */
const SLOWEST_BYTES_PER_MS = 6.25;
/** Milliseconds that a ping may take beyond the next one at most: what died on a fast line is not waited for long. */
const MAX_GRACE_MS = 60_000;

export class LineLife {
  /** Bytes since the ping that was answered last: they may still be on their way. */
  private unproven = 0;
  /** Those of them before the ping that waits for its answer; null: none does. */
  private ahead: number | null = null;
  /** How often the next ping was due since. */
  private missed = 0;

  /** @param pingMs milliseconds between two pings */
  constructor(private readonly pingMs: number) {}

  /** So much was sent. */
  gave(bytes: number): void {
    this.unproven += bytes;
  }

  answered(): void {
    this.unproven -= this.ahead ?? 0;
    this.ahead = null;
    this.missed = 0;
  }

  /** To be called whenever a ping is due. @returns what is to be done */
  due(): "ping" | "wait" | "end" {
    if (this.ahead === null) {
      this.ahead = this.unproven;
      return "ping";
    }
    const grace = Math.min(this.ahead / SLOWEST_BYTES_PER_MS, MAX_GRACE_MS);
    return this.missed++ * this.pingMs < grace ? "wait" : "end";
  }
}
