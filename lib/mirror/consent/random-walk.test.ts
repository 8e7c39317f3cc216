import { expect, it } from "vitest";
import { type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { WRITE_IDLE_MS, WRITE_MS } from "@/lib/protocol/mirror";
import { type Consent, idle, nextDeadline, sharedTab, viewersOf } from "./consent";
import type { ConsentEvent } from "./consent-event";
import { decide } from "./decide";

const STEPS = 60_000;
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

function hold(condition: boolean, where: string, what: string): void {
  if (!condition) throw new Error(`${what}: ${where}`);
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
  let consent: Consent = idle;
  const event = (): ConsentEvent => {
    const by = pick(people);
    const tab = pick([sharedTab(consent) ?? 1, sharedTab(consent) ?? 1, 1, 2, 3]);
    const asking = consent.phase === "live" ? consent.asking : null;
    // Most of what happens leads somewhere: what ends everything is rare.
    if (random() < 0.1) {
      return pick<ConsentEvent>([
        { type: "stop", by: pick(["customer", "agent"]) },
        { type: "tab-gone", tab },
        { type: "removed", who: by },
        { type: "write-forbidden" },
        { type: "end", reason: "conversation-ended" },
        { type: "share", tab, resume: "none" },
        { type: "pause", tab, reason: pick(["customer", "private-page"]) },
        { type: "withdraw", by },
        { type: "refuse" },
      ]);
    }
    return pick<ConsentEvent>([
      { type: "propose", by },
      { type: "watch", by },
      { type: "watch", by },
      { type: "unwatch", by },
      { type: "ask-write", by, mayWrite: random() < 0.8 },
      { type: "ask-write", by, mayWrite: true },
      { type: "grant-write", tab, to: pick([asking?.participantId ?? by, by]) },
      { type: "grant-write", tab, to: asking?.participantId ?? by },
      { type: "deny-write" },
      { type: "revoke-write" },
      { type: "release-write", by },
      { type: "act", by, isCurrent: random() < 0.8 },
      { type: "act", by, isCurrent: true },
      { type: "share", tab, resume: pick(["none", "right", "wrong"]) },
      { type: "unpause", tab },
      { type: "tick" },
    ]);
  };
  let now = 1_700_000_000_000;
  /** Who was granted what, told by effects alone. */
  let granted: { readonly by: ParticipantId; readonly at: number; last: number } | null = null;
  const seen = new Set<string>();
  let grants = 0;
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
        hold(granted?.by === effect.participantId, where, "ended is what was granted");
        granted = null;
      }
      if (effect.type === "write-granted") {
        hold(granted === null, where, "one at a time");
        const isHers = asked.type === "grant-write" && asked.to === effect.participantId;
        hold(
          isHers && asked.tab === sharedTab(consent),
          where,
          "granted by the shared tab to the one who asked",
        );
        granted = { by: effect.participantId, at: now, last: now };
        grants++;
      }
    }
    const writer = consent.phase === "live" ? consent.writer : null;
    hold(
      (writer?.participantId ?? null) === (granted?.by ?? null),
      where,
      "the writer is whom it was granted",
    );
    if (asked.type === "act") {
      const may = granted?.by === asked.by && asked.isCurrent;
      hold((decision.refused === null) === may, where, "nobody acts without leave");
      if (granted !== null && decision.refused === null) granted.last = now;
    }
    if (granted !== null) {
      hold(now - granted.at < WRITE_MS, where, "it ends by its time");
      hold(now - granted.last < WRITE_IDLE_MS, where, "it ends without acts");
      hold(viewersOf(consent).includes(granted.by), where, "who acts sees the page");
      hold(consent.phase === "live" && consent.asking === null, where, "nobody asks meanwhile");
    }
    if (consent.phase === "live" && before.phase !== "live") {
      const isAgreed = asked.type === "unpause" || (asked.type === "share" && asked.resume !== "wrong");
      hold(isAgreed, where, "nothing is shared unagreed");
    }
    if (told.includes("started"))
      hold(asked.type === "share" && asked.resume === "none", where, "she clicked");
    if (before.phase === "live" && consent.phase !== "live")
      hold(told.includes("forget"), where, "nothing is kept");
    const moved = sharedTab(consent) !== sharedTab(before) && sharedTab(consent) !== null;
    if (moved) hold(told.includes("sharing"), where, "another tab has another word");
    hold(new Set(viewersOf(consent)).size === viewersOf(consent).length, where, "viewers are named once");
    hold((nextDeadline(consent) ?? Number.POSITIVE_INFINITY) > now, where, "what is over is over");
    seen.add(`${consent.phase}${writer ? " written" : ""}`);
  }
  expect(grants).toBeGreaterThan(STEPS / 600);
  expect([...seen].sort()).toEqual(["idle", "live", "live written", "paused", "proposed", "suspended"]);
});
