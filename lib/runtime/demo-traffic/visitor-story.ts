/**
 * One visitor, from her first page to what came of it. Whether she is invited, talks with somebody and buys is decided
 * here, by what is planted; the shop's own draw says who is held out.
 */
import type { Choice } from "./choose-products";
import { type ConversationStory, conversationStory } from "./conversation-story";
import type { Dice } from "./dice";
import type { Ledger } from "./ledger";
import { type OrderStory, orderStory } from "./order-story";
import { planted } from "./planted";
import type { EventRow, VisitorRow } from "./rows";
import { type Visit, visitStory } from "./visit-story";
import { devices, languages, type World, type WorldAgent, type WorldProduct } from "./world";

/** What lasts from one visitor to the next. */
export interface Accounts {
  readonly invited: Ledger;
  readonly heldOut: Ledger;
  readonly others: Ledger;
  /** By member. */
  readonly sold: ReadonlyMap<string, Ledger>;
  nextGuest(): number;
  nextOrder(): string;
  agentAt(moment: number): WorldAgent | null;
}

type Group = "invited" | "heldOut" | "others";

export interface VisitorStory {
  readonly visitor: VisitorRow;
  readonly group: Group;
  readonly events: readonly EventRow[];
  readonly conversation: ConversationStory | null;
  readonly order: OrderStory | null;
}

/** Who stays this long with one product would be invited, milliseconds. */
const INVITED_AFTER_MS = 30_000;
/** Of those who are invited, who open the chat, and who then also write. */
const OPENS = 0.16;
const WRITES = 0.85;
/** Who writes without being asked to. */
const TALKS: Readonly<Record<Group, number>> = { invited: 0.09, heldOut: 0.09, others: 0.04 };
const BUYS: Readonly<Record<Group, number>> = {
  invited: planted.buysAnyway,
  heldOut: planted.buysAnyway,
  others: 0.03,
};
/** Those who are answered in the end: they buy as their agent sells, and the others so that the group's share comes out. */
const ANSWERED: Readonly<Record<Group, number>> = { invited: 0.197, heldOut: 0.083, others: 0.037 };
const COMES_BACK = 0.24;
const BUYS_LATER = 0.3;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export function visitorStory(
  world: World,
  dice: Dice,
  choice: Choice,
  accounts: Accounts,
  startsAt: number,
): VisitorStory {
  const id = dice.id(startsAt);
  const locale = dice.weighted(languages).value;
  const device = dice.weighted(devices).value;
  const first = visitStory(world, dice, choice, id, startsAt);
  const events: EventRow[] = [...first.events];
  const stayed = first.looks.find((look) => look.stayed >= INVITED_AFTER_MS);
  const group: Group = stayed === undefined ? "others" : world.isHeldOut(id) ? "heldOut" : "invited";
  const invitation = invite();
  const talksAt = opens();
  const seen = first.looks.map((look) => look.product);
  const agent = talksAt === null ? null : accounts.agentAt(talksAt);
  const best = agent !== null && agent === world.agents[0];
  const guestNumber = talksAt === null ? null : accounts.nextGuest();
  const conversation =
    talksAt === null
      ? null
      : conversationStory(dice, choice, {
          visitorId: id,
          guestName: `Guest ${guestNumber}`,
          at: talksAt,
          device,
          locale,
          invited: events.some(({ type }) => type === "invitation_opened"),
          seen,
          agent,
          isBest: best,
        });
  const order = buys();
  const back = dice.chance(COMES_BACK) ? comesBack() : null;
  if (back) events.push(...back.events);
  const lastSeenAt = Math.max(back?.endsAt ?? 0, order?.order.placedAt ?? 0, first.endsAt);
  return {
    visitor: {
      id,
      guestNumber,
      device,
      locale,
      createdAt: startsAt,
      lastSeenAt: Math.min(lastSeenAt, world.now),
    },
    group,
    events: [...events, ...(order?.events ?? []), ...(conversation?.events ?? [])],
    conversation,
    order,
  };

  /** When she was invited; null: she was not. */
  function invite(): number | null {
    if (stayed === undefined) return null;
    const at = stayed.at + INVITED_AFTER_MS;
    const type = group === "invited" ? "invitation_shown" : "invitation_held_out";
    events.push({ id: dice.id(at), type, source: "server", visitorId: id, productId: stayed.product.id, at });
    return group === "invited" ? at : null;
  }

  /** When she begins to write; null: she does not. */
  function opens(): number | null {
    if (invitation !== null && dice.chance(OPENS)) {
      const at = invitation + dice.about(5_000, 0.5);
      events.push({ id: dice.id(at), type: "invitation_opened", source: "browser", visitorId: id, at });
      if (dice.chance(WRITES)) return at + dice.about(4_000, 0.5);
    }
    return dice.chance(TALKS[group]) ? first.endsAt - dice.int(0, 5_000) : null;
  }

  function buys(): OrderStory | null {
    const { betterBy, invitationAdds } = world.effects;
    const share = BUYS[group] + (group === "invited" ? invitationAdds : 0);
    if (conversation !== null && agent !== null) {
      const account = accounts.sold.get(agent.memberId);
      const sold = account?.deal(best ? planted.sold * (1 + betterBy) : planted.sold) === true;
      accounts[group].settle(share, sold);
      const [product] = conversation.recommended;
      return sold && product ? buy(product, conversation.conversation.closedAt) : null;
    }
    const alone = (share - ANSWERED[group] * planted.sold) / (1 - ANSWERED[group]);
    if (!accounts[group].deal(share, alone)) return null;
    return buy(dice.pick(seen), first.endsAt);
  }

  function buy(product: WorldProduct, after: number): OrderStory {
    const wait = dice.chance(BUYS_LATER)
      ? dice.between(0.5, 5) * DAY_MS
      : dice.about(9 * MINUTE_MS, 0.5) + 4 * MINUTE_MS;
    const externalId = accounts.nextOrder();
    return orderStory(dice, choice, { visitorId: id, at: after + wait, product, externalId, now: world.now });
  }

  function comesBack(): Visit {
    return visitStory(world, dice, choice, id, first.endsAt + dice.between(0.2, 9) * DAY_MS);
  }
}
