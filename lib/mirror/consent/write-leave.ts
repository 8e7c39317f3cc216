/** The leave to act in a customer's page: asked for by one, granted to that one, over sooner than anybody wishes. */
import type { ParticipantId } from "@/lib/protocol/ids";
import { ASK_WRITE_MS, WRITE_IDLE_MS, WRITE_MS } from "@/lib/protocol/mirror";
import type { Live } from "./consent";
import type { ConsentEffect, ConsentEvent, Decision } from "./consent-event";

/** The state after it, and what was ended. */
type Ended = readonly [Live, ...ConsentEffect[]];

export function ask(live: Live, event: Extract<ConsentEvent, { type: "ask-write" }>, now: number): Decision {
  const { by, mayWrite } = event;
  if (!mayWrite || !live.viewers.includes(by)) return { refused: "forbidden", consent: live, effects: [] };
  if (live.asking !== null || live.writer !== null)
    return { refused: "conflict", consent: live, effects: [] };
  return {
    refused: null,
    consent: { ...live, asking: { participantId: by, until: now + ASK_WRITE_MS } },
    effects: [],
  };
}

export function grant(
  live: Live,
  event: Extract<ConsentEvent, { type: "grant-write" }>,
  now: number,
): Decision {
  if (live.tab !== event.tab) return { refused: "forbidden", consent: live, effects: [] };
  // To whoever asks, and to nobody else: her click was about that name.
  if (live.asking?.participantId !== event.to) return { refused: "conflict", consent: live, effects: [] };
  const writer = {
    participantId: event.to,
    from: now,
    until: now + WRITE_MS,
    idleUntil: now + WRITE_IDLE_MS,
  };
  return {
    refused: null,
    consent: { ...live, asking: null, writer },
    effects: [{ type: "write-granted", participantId: event.to }],
  };
}

export function endWrite(live: Live): Ended {
  if (live.writer === null) return [live];
  const { participantId, from } = live.writer;
  return [
    { ...live, writer: null },
    { type: "write-ended", participantId, from },
  ];
}

export function loseAsking(live: Live, by: ParticipantId): Live {
  return live.asking?.participantId === by ? { ...live, asking: null } : live;
}

export function expireWrite(live: Live, now: number): Ended {
  const { asking, writer } = live;
  const rest = asking !== null && now >= asking.until ? { ...live, asking: null } : live;
  const isOver = writer !== null && (now >= writer.until || now >= writer.idleUntil);
  return isOver ? endWrite(rest) : [rest];
}
