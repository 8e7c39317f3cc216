import { describe, expect, it } from "vitest";
import { type ParticipantId, participantIdSchema } from "@/lib/protocol/ids";
import { ASK_WRITE_MS, PROPOSAL_MS, SUSPEND_MS, WRITE_IDLE_MS, WRITE_MS } from "@/lib/protocol/mirror";
import { type Consent, idle, nextDeadline } from "./consent";
import type { ConsentEvent } from "./consent-event";
import { decide, WIPE_AFTER_MS } from "./decide";

const person = (digit: number): ParticipantId =>
  participantIdSchema.parse(`00000000-0000-4000-8000-00000000000${digit}`);
const anna = person(1);
const ben = person(2);
/** Takes part, but does not watch. */
const cleo = person(3);
const NOW = 1_700_000_000_000;

/** @throws when something is refused on the way */
function reached(...events: readonly ConsentEvent[]): Consent {
  return events.reduce<Consent>((consent, event) => {
    const decision = decide(consent, event, NOW);
    expect(decision.refused, event.type).toBeNull();
    return decision.consent;
  }, idle);
}

const agree = { type: "share", tab: 1, resume: "none" } as const;
const annaWatches = { type: "watch", by: anna } as const;
const benWatches = { type: "watch", by: ben } as const;
const annaAsks = { type: "ask-write", by: anna, mayWrite: true } as const;
const grantAnna = { type: "grant-write", tab: 1, to: anna } as const;
const pause = { type: "pause", tab: 1, reason: "customer" } as const;
const leave = { type: "tab-gone", tab: 1 } as const;
const watched = [agree, annaWatches, benWatches] as const;

const states = {
  I: idle,
  P: reached({ type: "propose", by: anna }),
  L: reached(...watched),
  A: reached(...watched, annaAsks),
  W: reached(...watched, annaAsks, grantAnna),
  Z: reached(...watched, pause),
  S: reached(...watched, leave),
} as const;
type Letter = keyof typeof states;

function letterOf(consent: Consent): Letter {
  if (consent.phase === "live") return consent.writer ? "W" : consent.asking ? "A" : "L";
  return ({ idle: "I", proposed: "P", paused: "Z", suspended: "S" } as const)[consent.phase];
}

/** Every event in every state: the state after it, `-` for not now, `!` for never. */
const table: readonly (readonly [string, ConsentEvent])[] = [
  //I P L A W Z S
  ["P - - - - - -", { type: "propose", by: anna }],
  ["- I - - - - -", { type: "withdraw", by: anna }],
  ["- ! - - - - -", { type: "withdraw", by: ben }],
  ["- I - - - - -", { type: "refuse" }],
  ["L L - - - - L", { type: "share", tab: 1, resume: "none" }],
  ["L L L L L L L", { type: "share", tab: 2, resume: "none" }],
  ["- - - - - - L", { type: "share", tab: 2, resume: "right" }],
  ["- - ! ! ! ! !", { type: "share", tab: 2, resume: "wrong" }],
  ["- - Z Z Z Z -", { type: "pause", tab: 1, reason: "customer" }],
  ["- - Z Z Z Z -", { type: "pause", tab: 1, reason: "private-page" }],
  ["- - ! ! ! ! -", { type: "pause", tab: 2, reason: "customer" }],
  ["- - - - - L -", { type: "unpause", tab: 1 }],
  ["- - - - - ! -", { type: "unpause", tab: 2 }],
  ["- - L A W Z S", { type: "watch", by: cleo }],
  ["- - L A W Z S", { type: "watch", by: anna }],
  ["I P L L L Z S", { type: "unwatch", by: anna }],
  ["I P L A W Z S", { type: "unwatch", by: ben }],
  ["- - A - - - -", annaAsks],
  ["- - A - - - -", { type: "ask-write", by: ben, mayWrite: true }],
  ["- - ! ! ! - -", { type: "ask-write", by: anna, mayWrite: false }],
  ["- - ! ! ! - -", { type: "ask-write", by: cleo, mayWrite: true }],
  ["- - - W - - -", grantAnna],
  ["- - - - - - -", { type: "grant-write", tab: 1, to: ben }],
  ["- - ! ! ! - -", { type: "grant-write", tab: 2, to: anna }],
  ["- - - L - - -", { type: "deny-write" }],
  ["- - - L L - -", { type: "revoke-write" }],
  ["- - - L L - -", { type: "write-forbidden" }],
  ["- - - L L - -", { type: "release-write", by: anna }],
  ["- - - - - - -", { type: "release-write", by: ben }],
  ["! ! ! ! W ! !", { type: "act", by: anna, isCurrent: true }],
  ["! ! ! ! - ! !", { type: "act", by: anna, isCurrent: false }],
  ["! ! ! ! ! ! !", { type: "act", by: ben, isCurrent: true }],
  ["- - I I I I I", { type: "stop", by: "customer" }],
  ["- - I I I I I", { type: "stop", by: "agent" }],
  ["I P S S S S S", leave],
  ["I P L A W Z S", { type: "tab-gone", tab: 2 }],
  ["I I L L L Z S", { type: "removed", who: anna }],
  ["I P L A W Z S", { type: "removed", who: ben }],
  ["- I I I I I I", { type: "end", reason: "conversation-ended" }],
  ["- I I I I I I", { type: "end", reason: "switched-off" }],
  ["I P L A W Z S", { type: "tick" }],
];

describe("every event in every state", () => {
  for (const [row, event] of table) {
    it(`[MI100] ${JSON.stringify(event)}: ${row}`, () => {
      const found = Object.values(states).map((consent) => {
        const { refused, consent: next } = decide(consent, event, NOW);
        if (refused !== null) expect(next).toEqual(consent);
        return refused === null ? letterOf(next) : refused === "conflict" ? "-" : "!";
      });
      expect(found.join(" ")).toBe(row);
    });
  }
});

const effects = (consent: Consent, event: ConsentEvent, now = NOW) =>
  decide(consent, event, now).effects.map(({ type }) => type);
const ended = { type: "write-ended", participantId: anna, from: NOW } as const;

describe("agreeing", () => {
  it("[MI100] her click starts it, proposed or not, and the tab gets the word to go on with", () => {
    for (const consent of [states.I, states.P]) {
      expect(effects(consent, agree)).toEqual(["started", "sharing", "send-full"]);
    }
  });

  it("[MI100] a proposal is over after its time, and whoever made it is told how", () => {
    expect(nextDeadline(states.P)).toBe(NOW + PROPOSAL_MS);
    const { consent, effects: told } = decide(states.P, { type: "tick" }, NOW + PROPOSAL_MS);
    expect(consent).toEqual(idle);
    expect(told).toEqual([{ type: "proposal-over", by: anna, how: "unanswered" }]);
    expect(decide(states.P, { type: "tick" }, NOW + PROPOSAL_MS - 1).consent).toBe(states.P);
    expect(decide(states.P, { type: "refuse" }, NOW).effects).toEqual([
      { type: "proposal-over", by: anna, how: "refused" },
    ]);
  });

  it("[MI106] what is over by its time is over without any tick", () => {
    const late = decide(states.P, { type: "refuse" }, NOW + PROPOSAL_MS);
    expect(late).toMatchObject({ refused: "conflict", consent: idle });
    expect(late.effects).toEqual([{ type: "proposal-over", by: anna, how: "unanswered" }]);
    const act = { type: "act", by: anna, isCurrent: true } as const;
    expect(decide(states.W, act, NOW + WRITE_IDLE_MS)).toMatchObject({
      refused: "forbidden",
      effects: [ended],
    });
    expect(decide(states.A, grantAnna, NOW + ASK_WRITE_MS).refused).toBe("conflict");
    const back = { type: "share", tab: 2, resume: "right" } as const;
    expect(decide(states.S, back, NOW + SUSPEND_MS)).toMatchObject({ refused: "conflict", consent: idle });
  });
});

describe("pausing and leaving", () => {
  it("[MI101] a pause forgets what late ones would see; a private page is wiped from the viewers too", () => {
    expect(effects(states.L, pause)).toEqual(["forget"]);
    const isPrivate = { type: "pause", tab: 1, reason: "private-page" } as const;
    expect(effects(states.W, isPrivate)).toEqual(["write-ended", "forget", "wipe"]);
  });

  it("[MI101] what she paused stays paused through a page load, also over a private page", () => {
    const back = { type: "share", tab: 2, resume: "right" } as const;
    const isPrivate = { type: "pause", tab: 1, reason: "private-page" } as const;
    const shared = reached(...watched, pause, isPrivate, leave, back);
    expect(shared).toMatchObject({ phase: "paused", tab: 2 });
    expect(reached(...watched, isPrivate, leave, back)).toMatchObject({ phase: "live", tab: 2 });
    expect(reached(...watched, pause, leave, agree)).toMatchObject({ phase: "live" });
  });

  it("[MI102] a tab that is gone is waited for; what viewers see is wiped before", () => {
    expect(effects(states.W, leave)).toEqual(["write-ended", "forget"]);
    expect(nextDeadline(states.S)).toBe(NOW + WIPE_AFTER_MS);
    const wiped = decide(states.S, { type: "tick" }, NOW + WIPE_AFTER_MS);
    expect(wiped.effects).toEqual([{ type: "wipe" }]);
    expect(decide(wiped.consent, { type: "tick" }, NOW + WIPE_AFTER_MS).effects).toEqual([]);
    const over = decide(wiped.consent, { type: "tick" }, NOW + SUSPEND_MS);
    expect(over.consent).toEqual(idle);
    expect(over.effects).toContainEqual({ type: "ended", reason: "timed-out" });
  });

  it("[MI102] she comes back with the right word, and only with that", () => {
    const back = { type: "share", tab: 2, resume: "right" } as const;
    expect(effects(states.S, back)).toEqual(["forget", "sharing", "send-full"]);
    expect(decide(states.S, back, NOW).consent).toMatchObject({ viewers: [anna, ben], since: NOW });
    expect(effects(states.S, { type: "share", tab: 2, resume: "wrong" })).toEqual([]);
  });

  it("[MI103] another tab is not the one that is shared, until she agrees in it", () => {
    const copy = { type: "share", tab: 2, resume: "right" } as const;
    expect(decide(states.W, copy, NOW)).toMatchObject({
      refused: "conflict",
      effects: [{ type: "probe", tab: 1 }],
    });
    const chosen = { type: "share", tab: 2, resume: "none" } as const;
    expect(effects(states.W, chosen)).toEqual(["write-ended", "wipe", "forget", "sharing", "send-full"]);
    expect(decide(states.W, chosen, NOW).consent).toMatchObject({
      tab: 2,
      writer: null,
      viewers: [anna, ben],
    });
  });
});

describe("leave to act", () => {
  const tick = { type: "tick" } as const;

  it("[MI104] a question lasts its time, a leave its time in all and without any act", () => {
    expect(decide(states.A, tick, NOW + ASK_WRITE_MS - 1).consent).toBe(states.A);
    expect(letterOf(decide(states.A, tick, NOW + ASK_WRITE_MS).consent)).toBe("L");
    expect(decide(states.W, tick, NOW + WRITE_IDLE_MS).effects).toEqual([ended]);
    let consent: Consent = states.W;
    const step = WRITE_IDLE_MS - 1;
    for (let at = step; at < WRITE_MS; at += step) {
      consent = decide(consent, { type: "act", by: anna, isCurrent: true }, NOW + at).consent;
      expect(letterOf(consent)).toBe("W");
    }
    expect(nextDeadline(consent)).toBe(NOW + WRITE_MS);
    expect(decide(consent, tick, NOW + WRITE_MS).effects).toEqual([ended]);
  });

  it("[MI104] is given to the one who asks", () => {
    const { consent, effects: told } = decide(states.A, grantAnna, NOW);
    expect(told).toEqual([{ type: "write-granted", participantId: anna }]);
    expect(consent).toMatchObject({ asking: null, writer: { participantId: anna } });
  });

  const ending: readonly (readonly [string, ConsentEvent])[] = [
    ["the customer stops", { type: "stop", by: "customer" }],
    ["she takes it back", { type: "revoke-write" }],
    ["the agent gives it back", { type: "release-write", by: anna }],
    ["the agent is gone", { type: "unwatch", by: anna }],
    ["the agent may no longer be here", { type: "removed", who: anna }],
    ["the shop allows it no more", { type: "write-forbidden" }],
    ["she pauses", pause],
    ["her page goes away", leave],
    ["she shares another tab", { type: "share", tab: 2, resume: "none" }],
    ["the conversation ends", { type: "end", reason: "conversation-ended" }],
  ];
  for (const [what, event] of ending) {
    it(`[MI105] ends when ${what}`, () => {
      const { consent, effects: told } = decide(states.W, event, NOW);
      expect(told).toContainEqual(ended);
      expect(letterOf(consent)).not.toBe("W");
      expect(decide(consent, { type: "act", by: anna, isCurrent: true }, NOW).refused).toBe("forbidden");
    });
  }

  it("[MI105] never survives a page load", () => {
    const back = { type: "share", tab: 2, resume: "right" } as const;
    expect(letterOf(reached(...watched, annaAsks, grantAnna, leave, back))).toBe("L");
    expect(letterOf(reached(...watched, annaAsks, leave, back))).toBe("L");
  });
});
