/**
 * Members of whom we know that they have something we did not take: an answer to our state vector that builds on, or
 * holds, what somebody else has to bring is asked for again until that somebody is back, and refused if she never is.
 */
import type { Member } from "./member";

/** A page that lost its server is back within a few seconds: asked this often, a second apart (`askAgainMs`). */
const MAX_ASKS = 10;

interface Behind {
  readonly timer: NodeJS.Timeout | null;
  readonly asks: number;
}

export class CatchUp {
  private readonly behind = new Map<Member, Behind>();
  private readonly waiting = new Map<Member, (() => void)[]>();

  constructor(
    private readonly askAgainMs: number,
    private readonly ask: (member: Member) => void,
  ) {}

  isBehind(member: Member): boolean {
    return this.behind.has(member);
  }

  /** Something of the member was not taken, and it will be asked for it. */
  missed(member: Member): void {
    member.sync = "catching-up";
    if (!this.behind.has(member)) this.behind.set(member, { timer: null, asks: 0 });
  }

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

  /** Runs `then` once nothing of the member is missed; never for who left. */
  whenTaken(member: Member, then: () => void): void {
    if (!this.behind.has(member)) {
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
    if (behind?.timer) clearTimeout(behind.timer);
    this.behind.delete(member);
  }
}
