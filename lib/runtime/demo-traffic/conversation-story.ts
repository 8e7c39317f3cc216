/** One conversation, from the customer's question to its end: what is written, shown, drawn on and recommended. */

import type { EventType } from "@/lib/protocol/event-catalogue";
import type { Locale } from "@/lib/protocol/locales";
import { type Chat, openChat } from "./chat-story";
import type { Choice } from "./choose-products";
import { type Dice, openDice } from "./dice";
import { type Shown, showProduct } from "./panel-story";
import { planted } from "./planted";
import type { ConversationRow, EventRow, MessageRow, ParticipantRow } from "./rows";
import { lines } from "./words";
import type { Device, WorldAgent, WorldProduct } from "./world";

export interface Opening {
  readonly visitorId: string;
  readonly guestName: string;
  readonly at: number;
  readonly device: Device;
  readonly locale: Locale;
  /** She pressed the invitation before. */
  readonly invited: boolean;
  /** Looked at before, latest last; never empty. */
  readonly seen: readonly WorldProduct[];
  /** Null: nobody answers, and she goes. */
  readonly agent: WorldAgent | null;
  readonly isBest: boolean;
}

export interface ConversationStory {
  readonly conversation: ConversationRow;
  readonly participants: readonly ParticipantRow[];
  readonly messages: readonly MessageRow[];
  readonly events: readonly EventRow[];
  readonly shown: readonly Shown[];
  readonly recommended: readonly WorldProduct[];
}

const TRIGGERS = [
  { value: "launcher", weight: 60 },
  { value: "product", weight: 30 },
  { value: "page", weight: 10 },
] as const;
/** How long somebody waits whom nobody answers. */
const PATIENCE_MS = 150_000;
const ACCEPTED_MS = 14_000;
const LINE_MS = 16_000;
const LOOK_MS = 11_000;
const AGENT_ENDS = 0.6;
/** Cards of recommendations that she opens; most of them on the panel, where she is. */
const OPENS = 0.4;
const OPENS_ON_PANEL = 0.7;

export function conversationStory(dice: Dice, choice: Choice, opening: Opening): ConversationStory {
  const { visitorId, agent, at: startsAt, locale, seen } = opening;
  const id = dice.id(startsAt);
  const words = lines[locale];
  const about = seen.at(-1);
  const chat = openChat(dice, id, startsAt);
  const customerId = dice.id(startsAt);
  const agentId = dice.id(startsAt);
  const events: EventRow[] = [];
  const fact = (type: EventType, at: number, more: Partial<EventRow> = {}) =>
    events.push({ id: dice.id(at), type, source: "server", visitorId, conversationId: id, at, ...more });
  const say = (by: string, texts: readonly string[], product = about) =>
    chat.text(by, dice.pick(texts).replace("{product}", product?.title ?? ""));
  const byCustomer = { participantId: customerId };
  const byAgent = { participantId: agentId, memberId: agent?.memberId ?? null, visitorId: null };

  fact("conversation_started", startsAt, byCustomer);
  chat.wait(LINE_MS);
  say(customerId, words.asks);
  const shown: Shown[] = [];
  const recommended: WorldProduct[] = [];
  let acceptedAt: number | null = null;
  if (agent === null) chat.wait(PATIENCE_MS);
  else acceptedAt = talk(agent);

  const closedBy = agent !== null && dice.chance(AGENT_ENDS) ? "agent" : "customer";
  const who = closedBy === "agent" ? byAgent : byCustomer;
  fact("conversation_closed", chat.at, { ...who, data: { by: closedBy } });
  const code = closedBy === "agent" ? "ended_by_agent" : "ended_by_customer";
  notice(chat, code, closedBy === "agent" ? (agent?.name ?? "") : opening.guestName);
  const person = { conversationId: id, seenSeq: chat.messages.length };
  return {
    conversation: {
      id,
      visitorId,
      memberId: agent?.memberId ?? null,
      locale,
      device: opening.device,
      channel: opening.invited ? "invitation" : agent === null ? "message" : "chat",
      trigger: dice.weighted(TRIGGERS).value,
      lastSeq: chat.messages.length,
      createdAt: startsAt,
      acceptedAt,
      closedAt: chat.at,
      closedBy,
    },
    participants: [
      {
        ...person,
        id: customerId,
        role: "customer",
        visitorId,
        memberId: null,
        name: opening.guestName,
        color: 0,
        createdAt: startsAt,
      },
      ...(agent === null || acceptedAt === null
        ? []
        : [
            {
              ...person,
              id: agentId,
              role: "agent" as const,
              visitorId: null,
              memberId: agent.memberId,
              name: agent.name,
              color: 1,
              createdAt: acceptedAt,
            },
          ]),
    ],
    messages: chat.messages,
    events,
    shown,
    recommended,
  };

  function talk(by: WorldAgent): number {
    chat.wait(ACCEPTED_MS);
    const accepted = chat.at;
    fact("conversation_accepted", accepted, byAgent);
    fact("participant_joined", accepted, byAgent);
    notice(chat, "accepted", by.name);
    const answers = opening.isBest ? planted.bestFirstAnswerSeconds : planted.firstAnswerSeconds;
    chat.wait(answers * 1_000);
    say(agentId, words.answers);

    const draws = dice.chance(opening.isBest ? planted.bestDraws : planted.draws);
    const [least, most] = opening.isBest ? planted.bestOthers : planted.others;
    const others = choice.some(dice.int(least, most));
    for (const product of new Set([...(about ? [about] : []), ...others])) show(product, draws);

    // What goes with something she has seen comes first, and is what she takes if she buys.
    const companion = choice.companion(seen);
    const advice = choice.some(dice.int(1, 3));
    for (const product of new Set(companion === null ? advice : [companion, ...advice]))
      recommended.push(product);
    for (const product of recommended) {
      chat.wait(LINE_MS);
      const text = dice.pick(words.puts).replace("{product}", product.title);
      chat.say(agentId, { kind: "recommendation", product: product.card, text });
      fact("product_recommended", chat.at, { ...byAgent, productId: product.id });
    }
    chat.wait(LINE_MS);
    openCards();
    say(customerId, words.thanks);
    chat.wait(LINE_MS);
    return accepted;
  }

  /** By dice of their own: what else happens does not depend on it. */
  function openCards(): void {
    const own = openDice(Number.parseInt(id.slice(-6), 16), id);
    for (const { id: productId } of recommended) {
      if (!own.chance(OPENS)) continue;
      const data = { on: own.chance(OPENS_ON_PANEL) ? "panel" : "page" };
      const claim = { type: "card_opened", source: "browser", visitorId, conversationId: id } as const;
      events.push({ id: own.id(chat.at), ...claim, ...byCustomer, productId, data, at: chat.at });
    }
  }

  function show(product: WorldProduct, draws: boolean): void {
    chat.wait(LINE_MS);
    const laid = showProduct(dice, product, chat.at, draws);
    if (laid === null) return;
    shown.push(laid);
    const where = { productId: product.id, itemId: laid.itemId };
    fact("item_shown", laid.at, { ...byAgent, ...where });
    for (const mark of laid.marks) {
      const who = mark.by === "agent" ? byAgent : byCustomer;
      fact("mark_drawn", mark.at, { ...who, ...where, data: { count: 1 } });
    }
    chat.wait(LOOK_MS);
    say(customerId, words.details, product);
    chat.wait(LOOK_MS);
    say(agentId, words.shows, product);
  }
}

function notice(chat: Chat, code: string, name: string): void {
  chat.say(null, { kind: "notice", code, name });
}
