/** What is written in one conversation, line after line, with the times that people take. */
import type { Dice } from "./dice";
import type { MessageRow } from "./rows";

export interface Chat {
  /** @param by participant; null: the server's own line */
  say(by: string | null, body: object): void;
  text(by: string, text: string): void;
  /** Time goes by. */
  wait(medianMs: number): void;
  readonly at: number;
  readonly messages: readonly MessageRow[];
}

/** How far times of the same kind lie apart. */
const SPREAD = 0.5;

export function openChat(dice: Dice, conversationId: string, startsAt: number): Chat {
  const messages: MessageRow[] = [];
  let at = startsAt;
  const say = (participantId: string | null, body: object) => {
    const seq = messages.length + 1;
    messages.push({ id: dice.id(at), conversationId, seq, participantId, body, createdAt: at });
  };
  return {
    say,
    text: (by, text) => say(by, { kind: "text", text }),
    wait(medianMs) {
      at += dice.about(medianMs, SPREAD);
    },
    get at() {
      return at;
    },
    messages,
  };
}
