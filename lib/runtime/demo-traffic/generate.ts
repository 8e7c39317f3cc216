/**
 * Months of plausible traffic, day after day: pure, and the same for the same seed, catalogue and days. What would happen
 * after `world.now` has not happened.
 */

import { clocksAt } from "@/lib/protocol/clocks";
import { chooseFrom } from "./choose-products";
import { openDice } from "./dice";
import { openLedger } from "./ledger";
import { panelUpdates } from "./panel-updates";
import { type RatingStory, ratingStory } from "./rating-story";
import { daysUpTo, OPEN_HOURS, trafficDay } from "./rhythm";
import { noRows, type Rows } from "./rows";
import { type Accounts, type VisitorStory, visitorStory } from "./visitor-story";
import type { World, WorldAgent } from "./world";

/** Guests of generated traffic are counted from here, so that real ones keep their small numbers. */
const FIRST_GUEST = 1_001;
/** Nobody answers: hardly ever while somebody is there, mostly at night. */
const MISSED = 0.03;
const MISSED_AT_NIGHT = 0.7;
const HOUR_MS = 3_600_000;
/** Turns the seed into another one. */
const RATINGS = 0x5a71;
const UNSAID = { score: null, ratedAt: null };

export interface TrafficPart {
  readonly rows: Rows;
  readonly stories: readonly VisitorStory[];
}

export function* generateTraffic(world: World): Generator<TrafficPart> {
  const dice = openDice(world.seed, world.shopId);
  const choice = chooseFrom(dice, world.products, world.effects.pair);
  const accounts = openAccounts();
  // Its own, because what is drawn stops with the clock and the rest goes on.
  const panelDice = openDice(~world.seed, world.shopId);
  // Its own, too: what else happens is the same whoever says how it was.
  const ratingDice = openDice(world.seed ^ RATINGS, world.shopId);
  const days = daysUpTo(world.lastDay, world.days);
  // Spread over all conversations that are to be expected: about one visitor in nine talks.
  const panelShare = (world.panels * 9) / Math.max(1, world.days * world.visitorsADay);
  for (const [index, clocks] of days.entries()) {
    const progress = index / Math.max(1, days.length - 1);
    const day = trafficDay(dice, clocks, world.timeZone, world.visitorsADay, progress);
    const moments = Array.from({ length: day.visitors }, () => day.moment()).sort((a, b) => a - b);
    const rows = noRows();
    const stories = moments.map((at) => visitorStory(world, dice, choice, accounts, at));
    const ratings = new Map(stories.map((story) => [story, ratingStory(ratingDice, story.conversation)]));
    const told = stories.filter(({ visitor }) => visitor.createdAt < world.now);
    for (const story of told) put(rows, story, ratings.get(story) ?? null);
    yield { rows, stories: told };
  }

  function openAccounts(): Accounts {
    let guests = FIRST_GUEST;
    let orders = 0;
    let waiting: WorldAgent[] = [];
    return {
      invited: openLedger(dice),
      heldOut: openLedger(dice),
      others: openLedger(dice),
      sold: new Map(world.agents.map(({ memberId }) => [memberId, openLedger(dice)])),
      nextGuest: () => guests++,
      nextOrder: () => `DEMO-${world.seed}-${++orders}`,
      agentAt(moment) {
        const { clocks, day } = clocksAt(moment, world.timeZone);
        const hour = (clocks - day) / HOUR_MS;
        const there = hour >= OPEN_HOURS.from && hour < OPEN_HOURS.to;
        if (dice.chance(there ? MISSED : MISSED_AT_NIGHT)) return null;
        // In turns, so that everybody has as many, each turn in another order.
        if (waiting.length === 0) waiting = [...world.agents];
        const agent = dice.pick(waiting);
        waiting = waiting.filter((one) => one !== agent);
        return agent;
      },
    };
  }

  function put(rows: Rows, story: VisitorStory, rating: RatingStory | null): void {
    const { conversation, order } = story;
    const talked = conversation !== null && conversation.conversation.closedAt < world.now;
    rows.visitors.push(story.visitor);
    for (const event of story.events) {
      if (event.at < world.now && (talked || event.conversationId === undefined)) rows.events.push(event);
    }
    if (talked) {
      const rated = rating !== null && rating.event.at < world.now ? rating : null;
      rows.conversations.push({ ...conversation.conversation, ...(rated?.said ?? UNSAID) });
      if (rated !== null) rows.events.push(rated.event);
      rows.participants.push(...conversation.participants);
      rows.messages.push(...conversation.messages);
      const [customer, agent] = conversation.participants;
      if (customer && agent && panelDice.chance(panelShare)) {
        const drawers = {
          conversationId: conversation.conversation.id,
          customer: customer.id,
          agent: agent.id,
        };
        rows.panels.push(...panelUpdates(panelDice, drawers, conversation.shown));
      }
    }
    if (order !== null && order.order.placedAt < world.now) {
      rows.orders.push(order.order);
      rows.lines.push(...order.lines);
      rows.changes.push(...order.changes);
      rows.returns.push(...order.returns);
    }
  }
}
