/** What the roll-up of visits says of the rows around them, found by walking through all of them. */
import { getDb } from "@/lib/db/client";
import type { Visit, VisitCount } from "@/lib/db/generated/client";

export const whatOf = ({ day, visitorId, conversation, ordered, once }: Visit) =>
  `${day.toISOString().slice(0, 10)} ${visitorId} ${conversation} ${ordered} ${once}`;

/** The shop's visits, by day and visitor, with what they ought to say. */
export async function walkVisits(shopId: string, timeZone: string): Promise<Visit[]> {
  const db = getDb();
  const where = { shopId };
  const clocks = new Intl.DateTimeFormat("en-CA", { timeZone });
  const isOn = (day: Date) => (at: Date) => clocks.format(at) === day.toISOString().slice(0, 10);
  const visits = await db.visit.findMany({ where, orderBy: [{ day: "asc" }, { visitorId: "asc" }] });
  const visitors = await db.visitor.findMany({ where });
  const conversations = await db.conversation.findMany({ where });
  const orders = await db.order.findMany({ where, include: { lines: true } });
  return visits.map((visit) => {
    const hers = <T extends { visitorId: string | null }>(rows: readonly T[]) =>
      rows.filter(({ visitorId }) => visitorId === visit.visitorId);
    const isThen = isOn(visit.day);
    const talks = hers(conversations).map(({ createdAt }) => createdAt);
    const standing = hers(orders).filter(
      ({ status, lines }) =>
        status !== "cancelled" && lines.some((line) => line.quantity > line.refundedQuantity),
    );
    return {
      ...visit,
      conversation: talks.some(isThen),
      ordered: standing.some(({ placedAt }) => isThen(placedAt)),
      once:
        hers(visits).length === 1 &&
        visitors.every(({ id, personId }) => id !== visit.visitorId || personId === null) &&
        talks.every(isThen) &&
        hers(orders).every(({ placedAt }) => isThen(placedAt)),
    };
  });
}

/** By day, device and language. */
export function countOnce(visits: readonly Visit[]): VisitCount[] {
  const counts = new Map<string, VisitCount>();
  for (const { shopId, day, device, locale, conversation, ordered, once } of visits) {
    if (!once) continue;
    const key = `${day.toISOString()} ${device} ${locale}`;
    const count = counts.get(key) ?? { shopId, day, device, locale, visits: 0, talked: 0, ordered: 0 };
    counts.set(key, count);
    count.visits += 1;
    count.talked += Number(conversation);
    count.ordered += Number(ordered && !conversation);
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
