/**
 * Whether somebody is still there, by what comes from her. Her answer to a ping waits behind all that was sent before the
 * ping, and behind what she is sending herself: on a slow line both are given their time, or who is sent a large page would
 * be taken for dead before she has it, again and again.
 */
import { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** Of the slowest line that counts as one: 50 kbit a second. */
const SLOWEST_BYTES_PER_MS = 6.25;
/** Milliseconds that a ping may take beyond the next one at most: what died on a fast line is not waited for long. */
const MAX_GRACE_MS = 60_000;

export class LineLife {
  /** Bytes that were sent, and how many of them are known to have arrived. */
  private given = 0;
  private arrived = 0;
  /** How many were sent before the ping that waits for its answer; null: none does. */
  private asked: number | null = null;
  /** How often the next ping was due since, and nothing had come from her. */
  private missed = 0;
  private cameBefore = 0;

  /**
   * @param pingMs milliseconds between two pings
   * @param cameIn bytes that came from her so far: `cameInOn` her stream
   */
  constructor(
    private readonly pingMs: number,
    private readonly cameIn: () => number,
  ) {}

  /** So much was sent. */
  gave(bytes: number): void {
    this.given += bytes;
  }

  /** What to write into the ping that is due: its answer brings it back, and so is not taken for another's. */
  get mark(): string {
    return `${this.given}`;
  }

  /** @param mark what came back */
  answered(mark: string): void {
    const arrived = Number(mark);
    if (arrived > this.arrived && arrived <= this.given) this.arrived = arrived;
    if (this.asked !== null && this.arrived >= this.asked) this.asked = null;
  }

  /** To be called every `pingMs`. @returns what is to be done */
  due(): "ping" | "wait" | "end" {
    const came = this.cameIn();
    const isHeard = came > this.cameBefore;
    this.cameBefore = came;
    if (this.asked === null) {
      this.asked = this.given;
      this.missed = 0;
      return "ping";
    }
    if (isHeard) return "wait";
    const grace = Math.min((this.asked - this.arrived) / SLOWEST_BYTES_PER_MS, MAX_GRACE_MS);
    // In whole rounds, so that the ping itself has half of one at least; little that was sent asks for none.
    return this.missed++ < Math.round(grace / this.pingMs) ? "wait" : "end";
  }
}

/** Bytes that came in on it so far, also those of a frame that is not whole yet. */
export const cameInOn = (stream: Duplex): number => (stream instanceof Socket ? stream.bytesRead : 0);
