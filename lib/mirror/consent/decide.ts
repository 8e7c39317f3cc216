/**
 * The consent machine: a state and something that happens become a new state and what is to be done, or a refusal. Pure;
 * the relay asks it about everything that anybody wants, and the customer's page enforces the same once more.
 */
import { assertNever } from "@/lib/protocol/errors";
import type { ParticipantId } from "@/lib/protocol/ids";
import {
  type MirrorEndReason,
  type PauseReason,
  PROPOSAL_MS,
  SUSPEND_MS,
  WRITE_IDLE_MS,
} from "@/lib/protocol/mirror";
import { type Consent, idle, type Live, type Paused, type TabId } from "./consent";
import type { ConsentEffect, ConsentEvent, Decision, Refusal } from "./consent-event";
import { ask, endWrite, expireWrite, grant, loseAsking } from "./write-leave";

/** Milliseconds after which what viewers still see of a page that went away is wiped: a reload comes back sooner. */
export const WIPE_AFTER_MS = 5_000;

const done = (consent: Consent, ...effects: readonly ConsentEffect[]): Decision => ({
  refused: null,
  consent,
  effects,
});
const refuse = (consent: Consent, refused: Refusal, ...effects: readonly ConsentEffect[]): Decision => ({
  refused,
  consent,
  effects,
});

/** @param now milliseconds since 1970; what is over by then is over, whether or not a tick came */
export function decide(before: Consent, event: ConsentEvent, now: number): Decision {
  const { consent, effects } = tick(before, now);
  const decision = judge(consent, event, now);
  return { ...decision, effects: [...effects, ...decision.effects] };
}

function judge(consent: Consent, event: ConsentEvent, now: number): Decision {
  switch (event.type) {
    case "propose":
      if (consent.phase !== "idle") return refuse(consent, "conflict");
      return done({ phase: "proposed", by: event.by, until: now + PROPOSAL_MS });
    case "withdraw":
      if (consent.phase !== "proposed") return refuse(consent, "conflict");
      if (consent.by !== event.by) return refuse(consent, "forbidden");
      return done(idle, { type: "proposal-over", by: consent.by, how: "withdrawn" });
    case "refuse":
      if (consent.phase !== "proposed") return refuse(consent, "conflict");
      return done(idle, { type: "proposal-over", by: consent.by, how: "refused" });
    case "watch":
      return watch(consent, event.by);
    case "unwatch":
      return unwatch(consent, event.by);
    case "share":
      return share(consent, event, now);
    case "pause":
      return pause(consent, event);
    case "unpause":
      if (consent.phase !== "paused") return refuse(consent, "conflict");
      if (consent.tab !== event.tab) return refuse(consent, "forbidden");
      return done(live(consent, event.tab));
    case "tab-gone":
      return tabGone(consent, event.tab, now);
    case "ask-write":
      return consent.phase === "live" ? ask(consent, event, now) : refuse(consent, "conflict");
    case "grant-write":
      return consent.phase === "live" ? grant(consent, event, now) : refuse(consent, "conflict");
    case "deny-write":
      if (consent.phase !== "live" || consent.asking === null) return refuse(consent, "conflict");
      return done({ ...consent, asking: null });
    case "revoke-write":
    case "write-forbidden":
      if (consent.phase !== "live" || (consent.writer === null && consent.asking === null)) {
        return refuse(consent, "conflict");
      }
      return done(...endWrite({ ...consent, asking: null }));
    case "release-write":
      return release(consent, event.by);
    case "act":
      return act(consent, event, now);
    case "stop":
      if (consent.phase === "proposed") return refuse(consent, "conflict");
      return end(consent, event.by);
    case "end":
      return end(consent, event.reason);
    case "removed":
      return removed(consent, event.who);
    case "tick":
      return done(consent);
    default:
      return assertNever(event);
  }
}

function share(
  consent: Consent,
  { tab, resume }: Extract<ConsentEvent, { type: "share" }>,
  now: number,
): Decision {
  if (consent.phase === "idle" || consent.phase === "proposed") {
    // There is nothing to resume: whatever agreement she shows is over.
    if (resume !== "none") return refuse(consent, "conflict");
    const shared = { phase: "live", tab, since: now, viewers: [], asking: null, writer: null } as const;
    return done(shared, { type: "started" }, { type: "sharing" }, { type: "send-full" });
  }
  if (resume === "wrong") return refuse(consent, "forbidden");
  const again = [{ type: "forget" }, { type: "sharing" }, { type: "send-full" }] as const;
  if (consent.phase === "suspended") {
    if (!consent.wasPaused || resume === "none") return done(live(consent, tab), ...again);
    const { since, viewers } = consent;
    return done(paused({ since, viewers }, tab, ["customer"]), { type: "sharing" });
  }
  if (consent.tab === tab) return refuse(consent, "conflict");
  // The page that it was may only be slow to go: a copy of the tab knows the same word, and was not agreed to.
  if (resume === "right") return refuse(consent, "conflict", { type: "probe", tab: consent.tab });
  const [left, ...effects] = consent.phase === "live" ? endWrite(consent) : [consent];
  return done(live(left, tab), ...effects, { type: "wipe" }, ...again);
}

function pause(consent: Consent, { tab, reason }: Extract<ConsentEvent, { type: "pause" }>): Decision {
  if (consent.phase !== "live" && consent.phase !== "paused") return refuse(consent, "conflict");
  if (consent.tab !== tab) return refuse(consent, "forbidden");
  const [left, ...effects] = consent.phase === "live" ? endWrite(consent) : [consent];
  const reasons = consent.phase === "paused" ? [...consent.reasons, reason] : [reason];
  const wipe = reason === "private-page" ? [{ type: "wipe" } as const] : [];
  return done(paused(left, tab, reasons), ...effects, { type: "forget" }, ...wipe);
}

function tabGone(consent: Consent, tab: TabId, now: number): Decision {
  if ((consent.phase !== "live" && consent.phase !== "paused") || consent.tab !== tab) return done(consent);
  const [left, ...effects] = consent.phase === "live" ? endWrite(consent) : [consent];
  const { since, viewers } = left;
  const wasPaused = consent.phase === "paused" && consent.reasons.has("customer");
  return done(
    { phase: "suspended", since, viewers, until: now + SUSPEND_MS, wipeAt: now + WIPE_AFTER_MS, wasPaused },
    ...effects,
    { type: "forget" },
  );
}

function watch(consent: Consent, by: ParticipantId): Decision {
  if (consent.phase === "idle" || consent.phase === "proposed") return refuse(consent, "conflict");
  if (consent.viewers.includes(by)) return done(consent);
  return done({ ...consent, viewers: [...consent.viewers, by] });
}

function unwatch(consent: Consent, by: ParticipantId): Decision {
  if (consent.phase === "idle" || consent.phase === "proposed") return done(consent);
  const without = { ...consent, viewers: consent.viewers.filter((viewer) => viewer !== by) };
  if (without.phase !== "live") return done(without);
  const rest = loseAsking(without, by);
  return rest.writer?.participantId === by ? done(...endWrite(rest)) : done(rest);
}

function release(consent: Consent, by: ParticipantId): Decision {
  if (consent.phase !== "live") return refuse(consent, "conflict");
  if (consent.writer?.participantId === by) return done(...endWrite(consent));
  if (consent.asking?.participantId === by) return done(loseAsking(consent, by));
  return refuse(consent, "conflict");
}

function act(consent: Consent, event: Extract<ConsentEvent, { type: "act" }>, now: number): Decision {
  if (consent.phase !== "live" || consent.writer?.participantId !== event.by)
    return refuse(consent, "forbidden");
  if (!event.isCurrent) return refuse(consent, "conflict");
  return done({ ...consent, writer: { ...consent.writer, idleUntil: now + WRITE_IDLE_MS } });
}

function removed(consent: Consent, who: ParticipantId): Decision {
  if (consent.phase !== "proposed") return unwatch(consent, who);
  if (consent.by !== who) return done(consent);
  return done(idle, { type: "proposal-over", by: who, how: "withdrawn" });
}

function end(consent: Consent, reason: MirrorEndReason): Decision {
  if (consent.phase === "idle") return refuse(consent, "conflict");
  if (consent.phase === "proposed") {
    return done(idle, { type: "proposal-over", by: consent.by, how: "withdrawn" });
  }
  const [, ...effects] = consent.phase === "live" ? endWrite(consent) : [consent];
  return done(idle, ...effects, { type: "forget" }, { type: "wipe" }, { type: "ended", reason });
}

function tick(consent: Consent, now: number): Decision {
  switch (consent.phase) {
    case "proposed":
      if (now < consent.until) return done(consent);
      return done(idle, { type: "proposal-over", by: consent.by, how: "unanswered" });
    case "suspended":
      if (now >= consent.until) return end(consent, "timed-out");
      if (consent.wipeAt === null || now < consent.wipeAt) return done(consent);
      return done({ ...consent, wipeAt: null }, { type: "wipe" });
    case "live":
      return done(...expireWrite(consent, now));
    default:
      return done(consent);
  }
}

function paused(
  { since, viewers }: Pick<Paused, "since" | "viewers">,
  tab: TabId,
  reasons: Iterable<PauseReason>,
): Paused {
  return { phase: "paused", tab, since, viewers, reasons: new Set(reasons) };
}

/** Without leave to act for anybody, whatever was before. */
function live({ since, viewers }: Pick<Live, "since" | "viewers">, tab: TabId): Live {
  return { phase: "live", tab, since, viewers, asking: null, writer: null };
}
