/** What was generated, counted while it is written, and said in a few lines: also what the reports are to find in it. */
import type { TrafficPart } from "./generate";
import { demoAgents, planted } from "./planted";

export interface Counts {
  visitors: number;
  events: number;
  conversations: number;
  messages: number;
  orders: number;
  panels: number;
  /** Conversations and those with an order: of the best agent, and of all others. */
  readonly sold: Record<"best" | "others", Share>;
  /** Visitors and those who bought: invited, and held out. */
  readonly bought: Record<"invited" | "heldOut", Share>;
}

interface Share {
  of: number;
  yes: number;
}

const noShare = (): Share => ({ of: 0, yes: 0 });

export const noCounts = (): Counts => ({
  visitors: 0,
  events: 0,
  conversations: 0,
  messages: 0,
  orders: 0,
  panels: 0,
  sold: { best: noShare(), others: noShare() },
  bought: { invited: noShare(), heldOut: noShare() },
});

export function addCounts(counts: Counts, { rows, stories }: TrafficPart, bestMemberId: string): void {
  counts.visitors += rows.visitors.length;
  counts.events += rows.events.length;
  counts.conversations += rows.conversations.length;
  counts.messages += rows.messages.length;
  counts.orders += rows.orders.length;
  counts.panels += new Set(rows.panels.map((update) => update.conversationId)).size;
  for (const { group, conversation, order } of stories) {
    const member = conversation?.conversation.memberId ?? null;
    if (member !== null) add(counts.sold[member === bestMemberId ? "best" : "others"], order !== null);
    if (group !== "others") add(counts.bought[group], order !== null);
  }
}

function add(share: Share, yes: boolean): void {
  share.of += 1;
  if (yes) share.yes += 1;
}

export function summaryLines(counts: Counts): string[] {
  const { sold, bought } = counts;
  const { first, second, share } = planted.pair;
  return [
    `${counts.visitors} visitors, ${counts.events} events, ${counts.conversations} conversations with ${counts.messages} messages, ` +
      `${counts.orders} orders, ${counts.panels} panels that were drawn on`,
    "What the reports are to find:",
    `  ${demoAgents[0]} sells in ${percent(sold.best)} of ${sold.best.of} conversations, the others in ${percent(sold.others)} of ${sold.others.of}: ` +
      `${Math.round(planted.betterBy * 100)} % better`,
    `  ${first} and ${second} sell together: ${Math.round(share * 100)} of 100 orders with the first take the second along; no other pair does`,
    `  Invitations add ${Math.round(planted.invitationAdds * 100)} buyers of 100: ${percent(bought.invited)} of ${bought.invited.of} invited visitors bought, ` +
      `${percent(bought.heldOut)} of ${bought.heldOut.of} who were held out`,
    "  On each product's first picture most marks lie on one detail",
  ];
}

function percent({ of, yes }: Share): string {
  return of === 0 ? "none" : `${((100 * yes) / of).toFixed(1)} %`;
}
