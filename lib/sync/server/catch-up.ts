/**
 * Members whose answer to our state vector was not whole, because it builds on, or holds, what somebody else has to
 * bring: asked again until that somebody is back. Who comes back never is given up, and then the answer is refused.
 */
import type { Member } from "./member";

/** A page that lost its server is back within a few seconds: asked this often, a second apart (`askAgainMs`). */
const MAX_ASKS = 10;

interface Behind {
  readonly timer: NodeJS.Timeout;
  readonly asks: number;
}

export class CatchUp {
  private readonly behind = new Map<Member, Behind>();
  private readonly waiting = new Map<Member, (() => void)[]>();

  constructor(
    private readonly askAgainMs: number,
    private readonly ask: (member: Member) => void,
  ) {}

  /**
   * The member has answered.
   * @param whole everything in the answer could be taken
   */
  answered(member: Member, whole: boolean): void {
    const asks = this.behind.get(member)?.asks ?? 0;
    this.stopAsking(member);
    if (whole || asks >= MAX_ASKS) {
      member.sync = "in-step";
      // What nobody has brought is on this member's screen alone: it loads what everybody sees.
      if (!whole) member.refuse("conflict");
      for (const then of this.waiting.get(member) ?? []) then();
      this.waiting.delete(member);
      return;
    }
    member.sync = "catching-up";
    const timer = setTimeout(() => this.ask(member), this.askAgainMs);
    this.behind.set(member, { timer, asks: asks + 1 });
  }

  /** Runs `then` once the member's answer was taken; at once when it is. Never for who left. */
  whenInStep(member: Member, then: () => void): void {
    if (member.sync === "in-step") {
      then();
      return;
    }
    const waiting = this.waiting.get(member) ?? [];
    this.waiting.set(member, [...waiting, then]);
  }

  leave(member: Member): void {
    this.stopAsking(member);
    this.waiting.delete(member);
  }

  private stopAsking(member: Member): void {
    const behind = this.behind.get(member);
    if (behind) clearTimeout(behind.timer);
    this.behind.delete(member);
  }
}
