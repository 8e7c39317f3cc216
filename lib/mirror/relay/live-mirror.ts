/**
 * One conversation's mirror: who is connected, what the customer has agreed to, and the page on its way. Whatever anybody
 * wants is put to the consent machine; what that says is done here, told to everybody and stored behind.
 */
import {
  type Consent,
  idle,
  nextDeadline,
  sharedTab,
  type TabId,
  viewersOf,
} from "@/lib/mirror/consent/consent";
import type { ConsentEffect, ConsentEvent, Refusal } from "@/lib/mirror/consent/consent-event";
import { decide } from "@/lib/mirror/consent/decide";
import type { StreamHeader } from "@/lib/mirror/wire/stream-frame";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import { assertNever } from "@/lib/protocol/errors";
import type { ConversationId, ParticipantId, ShopId } from "@/lib/protocol/ids";
import type { MirrorUpdate } from "@/lib/protocol/mirror";
import { RateBudget } from "@/lib/sockets/rate-budget";
import type { Member } from "./member";
import { MirrorArchive } from "./mirror-archive";
import { consentOf } from "./mirror-record";
import { describeMirror } from "./mirror-state";
import type { MirrorOptions } from "./options";
import { PageStream } from "./page-stream";
import { PendingActs } from "./pending-acts";
import type { MirrorFact, MirrorPorts, MirrorRow, MirrorTerms } from "./ports";

/** Longest delay of setTimeout, milliseconds. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** Proposals a second, averaged over a minute: three in a row, then whoever says no is left alone for a while. */
const MAX_PROPOSALS_PER_SECOND = 0.05;
const PROPOSALS_WINDOW_SECONDS = 60;

export class LiveMirror {
  readonly members = new Set<Member>();
  readonly pendingActs = new PendingActs();
  private consent: Consent;
  /** The state as everybody was told it last. */
  private told = "";
  private timer: NodeJS.Timeout | null = null;
  private readonly proposals: RateBudget;
  private readonly stream: PageStream;
  private readonly archive: MirrorArchive;

  constructor(
    readonly conversationId: ConversationId,
    readonly shopId: ShopId,
    readonly ports: MirrorPorts,
    readonly options: MirrorOptions,
    stored: MirrorRow | null,
    /** Maybe nothing keeps it in memory any more. */
    private readonly onChanged: () => void,
  ) {
    this.proposals = new RateBudget(MAX_PROPOSALS_PER_SECOND, PROPOSALS_WINDOW_SECONDS, options.now());
    this.consent = stored ? consentOf(stored) : idle;
    const source = {
      askFull: () => this.source()?.tell({ type: "send-full" }),
      tellLag: (epoch: number, seq: number | null) => this.source()?.tell({ type: "lag", epoch, seq }),
    };
    this.stream = new PageStream(source, options);
    this.archive = new MirrorArchive({
      conversationId,
      store: ports.store,
      stored,
      onStored: () => ports.changed(conversationId),
      onFailed: (error) => this.log("a mirror was not stored", error),
      options,
    });
    this.apply({ type: "tick" });
    this.schedule();
  }

  get meters() {
    return this.ports.meters;
  }

  /** Whether it has to stay in memory though nobody is connected. */
  get isOpen(): boolean {
    return this.consent.phase !== "idle";
  }

  get isShared(): boolean {
    return this.isOpen && this.consent.phase !== "proposed";
  }

  get viewerCount(): number {
    return viewersOf(this.consent).length;
  }

  /** The page as it is shown now; null while none is. */
  get epoch(): number | null {
    return this.stream.epoch;
  }

  /** @returns why not, or null */
  apply(event: ConsentEvent): Refusal | null {
    const now = this.options.now();
    // By itself first: what is over by now and what begins now are two mirrors, each with a row of its own.
    if (event.type !== "tick") this.step({ type: "tick" }, now);
    return this.step(event, now);
  }

  takeProposal(now: number): boolean {
    return this.proposals.take(1, now);
  }

  join(member: Member): void {
    this.members.add(member);
    this.tellState(member);
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return;
    if (member.claims.role === "customer") this.apply({ type: "tab-gone", tab: member.tab });
    else this.unwatch(member);
    this.onChanged();
  }

  watch(member: Member): Refusal | null {
    const refused = this.apply({ type: "watch", by: member.claims.participantId });
    if (refused !== null || member.feed !== null) return refused;
    const feed = member.makeFeed(() => this.stream.supplyAgain(feed));
    member.feed = feed;
    this.stream.add(feed);
    return null;
  }

  unwatch(member: Member): void {
    if (member.feed === null) return;
    this.stream.remove(member.feed);
    member.feed = null;
    const by = member.claims.participantId;
    const elsewhere = this.watchers().some((other) => other.claims.participantId === by);
    if (!elsewhere) this.apply({ type: "unwatch", by });
  }

  /** @param shown what the tab brought of an earlier agreement */
  share(member: Member, shown: string | null): Refusal | null {
    const resume = shown === null ? "none" : this.archive.knows(shown) ? "right" : "wrong";
    return this.apply({ type: "share", tab: member.tab, resume });
  }

  /** @returns why the frame was not passed on, or null */
  receive(member: Member, header: StreamHeader, frame: Uint8Array): string | null {
    this.apply({ type: "tick" });
    if (this.consent.phase !== "live") return "not-live";
    if (this.consent.tab !== member.tab) return "other-tab";
    return this.stream.receive(header, frame);
  }

  resync(member: Member): void {
    if (member.feed) this.stream.resync(member.feed);
  }

  applied(member: Member, epoch: number, seq: number): void {
    if (member.feed) this.stream.applied(member.feed, epoch, seq);
  }

  /** The shared tab while its page may be sent. */
  source(): Member | null {
    return this.consent.phase === "live" ? this.memberOf(this.consent.tab) : null;
  }

  isShownIn(member: Member): boolean {
    return sharedTab(this.consent) === member.tab;
  }

  watchers(): Member[] {
    return [...this.members].filter((member) => member.feed !== null);
  }

  tellAll(update: MirrorUpdate): void {
    for (const member of this.members) member.tell(update);
  }

  tellState(only: Member | null = null): void {
    const state = describeMirror(this.consent, this.members);
    this.told = JSON.stringify(state);
    for (const member of only === null ? this.members : [only]) {
      const { claims, terms } = member;
      const you = claims.participantId;
      const here = this.isShownIn(member);
      member.tell({ type: "state", you, here, mayAskWrite: terms.mayAskWrite, state });
    }
  }

  /** What the shop lets her do, as it is now. */
  setTerms(member: Member, terms: MirrorTerms): void {
    if (member.terms.mayAskWrite === terms.mayAskWrite) return;
    member.terms = terms;
    const { consent } = this;
    const { participantId } = member.claims;
    const acts =
      consent.phase === "live" &&
      [consent.writer, consent.asking].some((who) => who?.participantId === participantId);
    if (acts && !terms.mayAskWrite) this.apply({ type: "write-forbidden" });
    this.tellState(member);
  }

  closeAll(code: CloseCode): void {
    for (const member of [...this.members]) member.close(code);
  }

  /** The conversation is there no more, or closed, or the shop has switched its mirror off. */
  end(reason: "conversation-ended" | "switched-off"): void {
    this.apply({ type: "end", reason });
    this.closeAll(closeCodes.forbidden);
  }

  /** She may no longer be here. */
  remove(who: ParticipantId): void {
    this.apply({ type: "removed", who });
    for (const member of [...this.members]) {
      if (member.claims.participantId === who) member.close(closeCodes.forbidden);
    }
  }

  /** Leaves a trace of when it was last here. */
  beat(): void {
    this.archive.beat(this.consent);
  }

  async settled(): Promise<void> {
    await this.archive.settled();
  }

  /** Ends timers; the members are the caller's. */
  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.stream.end();
  }

  log(message: string, error: unknown): void {
    const { conversationId } = this;
    this.ports.log?.("error", message, {
      conversationId,
      error: error instanceof Error ? error.message : "",
    });
  }

  private step(event: ConsentEvent, now: number): Refusal | null {
    const before = this.consent;
    const { refused, consent, effects } = decide(before, event, now);
    this.archive.count(before, consent, now);
    this.consent = consent;
    const facts = effects.flatMap((effect) => this.carryOut(effect, now) ?? []);
    if (consent === before && effects.length === 0) return refused;
    // The customer's own page goes on by itself and sends the whole; nobody asks for it unless it does not come.
    if (before.phase === "paused" && consent.phase === "live") this.stream.begin();
    this.schedule();
    // An act only puts off the end of the leave: nobody need hear of that.
    if (effects.length === 0 && this.describe() === this.told) return refused;
    this.tellState();
    this.archive.store(consent, facts);
    this.onChanged();
    return refused;
  }

  private describe(): string {
    return JSON.stringify(describeMirror(this.consent, this.members));
  }

  private memberOf(tab: TabId): Member | null {
    return [...this.members].find((member) => member.tab === tab) ?? null;
  }

  private carryOut(effect: ConsentEffect, now: number): MirrorFact | null {
    switch (effect.type) {
      case "started":
        this.archive.started(now);
        return { type: "started" };
      case "sharing":
        this.handWord();
        return null;
      case "send-full":
        this.source()?.tell({ type: "send-full" });
        this.stream.begin();
        return null;
      case "forget":
        this.stream.end();
        return null;
      case "wipe":
        for (const member of this.watchers()) member.tell({ type: "wipe" });
        return null;
      case "probe":
        this.memberOf(effect.tab)?.probe();
        return null;
      case "write-granted":
        return { type: "write-granted", participantId: effect.participantId };
      case "write-ended":
        return null;
      case "proposal-over":
        this.archive.ended(effect.how, now);
        return effect.how === "refused" ? { type: "refused" } : null;
      case "ended":
        this.archive.ended(effect.reason, now);
        this.tellAll({ type: "ended", reason: effect.reason });
        for (const member of this.watchers()) {
          if (member.feed) this.stream.remove(member.feed);
          member.feed = null;
        }
        return { type: "ended" };
      default:
        return assertNever(effect);
    }
  }

  private handWord(): void {
    const tab = sharedTab(this.consent);
    const resume = this.archive.newWord();
    if (tab !== null) this.memberOf(tab)?.tell({ type: "sharing", resume });
  }

  private schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const deadline = nextDeadline(this.consent);
    if (deadline === null) return;
    const wait = Math.min(Math.max(0, deadline - this.options.now()), MAX_TIMEOUT_MS);
    this.timer = setTimeout(() => {
      this.apply({ type: "tick" });
      // A clock that went back: not yet.
      this.schedule();
    }, wait);
  }
}
