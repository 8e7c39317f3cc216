/** Which other nodes live: each says so every now and then; one that has been silent for a while is gone. */
import type { NodeId } from "@/lib/sync/server/ports";
import type { DeskPerson } from "./envelope";

/** Milliseconds between two signs of life. */
export const BEAT_MS = 1_500;
/**
 * Silence after which a node is gone: three signs missed in a row, which a busy machine or a slow Redis does not cause,
 * and early enough that nobody sees a ghost's cursor for ten seconds.
 */
export const GONE_AFTER_MS = 6_000;

/** Names of gone nodes that are remembered: one that was only slow comes back under its own. */
const MAX_REMEMBERED = 64;

interface Seen {
  at: number;
  desks: readonly DeskPerson[];
}

export class NodeWatch {
  private readonly nodes = new Map<NodeId, Seen>();
  private readonly missed = new Set<NodeId>();
  private lookedAt: number;

  constructor(
    /** Milliseconds, of a clock that nobody sets. */
    private readonly now: () => number,
    private readonly onGone: (node: NodeId) => void,
  ) {
    this.lookedAt = now();
  }

  /** @returns whether this node had been taken for gone */
  heard(node: NodeId): boolean {
    const known = this.nodes.get(node);
    if (known) known.at = this.now();
    else this.nodes.set(node, { at: this.now(), desks: [] });
    return this.missed.delete(node);
  }

  setDesks(node: NodeId, desks: readonly DeskPerson[]): void {
    const known = this.nodes.get(node);
    if (known) known.desks = desks;
  }

  desks(): readonly DeskPerson[] {
    return [...this.nodes.values()].flatMap(({ desks }) => desks);
  }

  /** It said goodbye. */
  left(node: NodeId): void {
    if (this.nodes.delete(node)) this.onGone(node);
  }

  /** To be called at every beat. */
  look(): void {
    const now = this.now();
    // We ourselves stood still: what the others said meanwhile has yet to be read.
    const late = now - this.lookedAt > 2 * BEAT_MS;
    this.lookedAt = now;
    if (late) return;
    for (const [node, { at }] of [...this.nodes]) if (now - at > GONE_AFTER_MS) this.miss(node);
  }

  private miss(node: NodeId): void {
    this.missed.add(node);
    const [oldest] = this.missed;
    if (this.missed.size > MAX_REMEMBERED && oldest !== undefined) this.missed.delete(oldest);
    this.left(node);
  }
}
