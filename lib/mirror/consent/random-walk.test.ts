import { expect, it } from "vitest";
import { type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { WRITE_IDLE_MS, WRITE_MS } from "@/lib/protocol/mirror";
import { type Consent, idle, nextDeadline, sharedTab, viewersOf } from "./consent";
import type { ConsentEvent } from "./consent-event";
import { decide } from "./decide";

const STEPS = 20_000;
const people: readonly ParticipantId[] = [1, 2, 3].map((digit) =>
  participantIdSchema.parse(`00000000-0000-4000-8000-00000000000${digit}`),
);

/** mulberry32: a walk that can be walked again. */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

it("[MI107] whatever happens in whatever order, nobody writes without leave and nothing is shared without agreement", () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_007);
  console.info(`consent walk: SEED=${seed}`);
  const random = randomFrom(seed);
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(random() * choices.length)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  };
  const event = (): ConsentEvent => {
    const by = pick(people);
    const tab = pick([1, 2, 3]);
    return pick<ConsentEvent>([
      { type: "propose", by },
      { type: "withdraw", by },
      { type: "refuse" },
      { type: "watch", by },
      { type: "watch", by },
      { type: "unwatch", by },
      { type: "ask-write", by, mayWrite: random() < 0.8 },
      { type: "release-write", by },
      { type: "act", by, isCurrent: random() < 0.8 },
      { type: "act", by, isCurrent: true },
      { type: "share", tab, resume: pick(["none", "right", "wrong"]) },
      { type: "pause", tab, reason: pick(["customer", "private-page"]) },
      { type: "unpause", tab },
      { type: "grant-write", tab, to: by },
      { type: "grant-write", tab, to: by },
      { type: "deny-write" },
      { type: "revoke-write" },
      { type: "stop", by: pick(["customer", "agent"]) },
      { type: "tab-gone", tab },
      { type: "removed", who: by },
      { type: "write-forbidden" },
      { type: "end", reason: "conversation-ended" },
      { type: "tick" },
    ]);
  };
  let consent: Consent = idle;
  let now = 1_700_000_000_000;
  /** Who was granted what, told by effects alone. */
  let granted: { readonly by: ParticipantId; readonly at: number; last: number } | null = null;
  const seen = new Set<string>();
  for (let step = 0; step < STEPS; step++) {
    now += Math.floor(random() < 0.02 ? random() * 130_000 : random() * 900);
    const asked = event();
    const before = consent;
    const decision = decide(before, asked, now);
    consent = decision.consent;
    const where = `seed ${seed}, step ${step}: ${before.phase} ${JSON.stringify(asked)}`;
    const told = decision.effects.map(({ type }) => type);
    for (const effect of decision.effects) {
      if (effect.type === "write-ended") {
        expect(granted?.by, where).toBe(effect.participantId);
        granted = null;
      }
      if (effect.type === "write-granted") {
        expect(granted, where).toBeNull();
        expect(asked, where).toEqual({
          type: "grant-write",
          tab: sharedTab(consent),
          to: effect.participantId,
        });
        granted = { by: effect.participantId, at: now, last: now };
      }
    }
    const writer = consent.phase === "live" ? consent.writer : null;
    expect(writer?.participantId ?? null, where).toBe(granted?.by ?? null);
    if (asked.type === "act") {
      expect(decision.refused === null, where).toBe(granted?.by === asked.by && asked.isCurrent);
      if (granted !== null && decision.refused === null) granted.last = now;
    }
    if (granted !== null) {
      expect(now - granted.at, where).toBeLessThan(WRITE_MS);
      expect(now - granted.last, where).toBeLessThan(WRITE_IDLE_MS);
      expect(viewersOf(consent), where).toContain(granted.by);
      if (consent.phase === "live") expect(consent.asking, where).toBeNull();
    }
    const cameLive = consent.phase === "live" && before.phase !== "live";
    if (cameLive) {
      expect(["share", "unpause"], where).toContain(asked.type);
      if (asked.type === "share") expect(asked.resume, where).not.toBe("wrong");
    }
    if (told.includes("started")) expect(asked, where).toMatchObject({ type: "share", resume: "none" });
    if (before.phase === "live" && consent.phase !== "live") expect(told, where).toContain("forget");
    const moved = sharedTab(consent) !== sharedTab(before) && sharedTab(consent) !== null;
    if (moved) expect(told, where).toContain("sharing");
    expect(new Set(viewersOf(consent)).size, where).toBe(viewersOf(consent).length);
    const deadline = nextDeadline(consent);
    if (deadline !== null) expect(deadline, where).toBeGreaterThan(now);
    seen.add(`${consent.phase}${writer ? " written" : ""}`);
  }
  expect([...seen].sort()).toEqual(["idle", "live", "live written", "paused", "proposed", "suspended"]);
});
