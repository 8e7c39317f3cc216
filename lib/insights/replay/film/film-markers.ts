/** What is worth going to in a film, each at its time. Pure: what the server told in, marks on the timeline out. */
import type { Film } from "@/lib/protocol/film";

const markerKinds = ["first_product", "recommendation", "cart", "order", "agent_joined", "mirror"] as const;
export type MarkerKind = (typeof markerKinds)[number];

export interface Marker {
  readonly kind: MarkerKind;
  readonly at: number;
  /** A product's title, an order's number or a person's name; may be empty. */
  readonly what: string;
}

export function markersOf(film: Film): Marker[] {
  const [first] = film.shown;
  const markers: Marker[] = first ? [{ kind: "first_product", at: first.at, what: first.title }] : [];
  for (const { body, at } of film.chat) {
    if (body.kind === "recommendation")
      markers.push({ kind: "recommendation", at, what: body.product.title });
    if (body.kind !== "notice") continue;
    if (body.code === "joined" || body.code === "accepted")
      markers.push({ kind: "agent_joined", at, what: body.name });
    // The receipt: who saw her page, and how long.
    if (body.code === "mirror_ended") markers.push({ kind: "mirror", at, what: body.name });
  }
  for (const { at, added } of film.carts) {
    if (added.length > 0) markers.push({ kind: "cart", at, what: added.join(", ") });
  }
  for (const { at, number } of film.orders) markers.push({ kind: "order", at, what: number });
  return markers.sort((a, b) => a.at - b.at);
}

/** When anything of the film happened: what the timeline is made of. */
export function momentsOf(film: Film, panelTimes: readonly number[]): number[] {
  const { chat, shown, trail, carts, orders, endedAt } = film;
  const times = [chat, shown, trail, carts, orders].flatMap((track) => track.map(({ at }) => at));
  return [...times, ...panelTimes, ...(endedAt === null ? [] : [endedAt])];
}

/** How many of a track, which is in order, have happened at this time. */
export function countUntil(track: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = track.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((track[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last of a track that has happened at this time; null before the first. */
export function latestOf<T extends { readonly at: number }>(track: readonly T[], at: number): T | null {
  return track[countUntil(track, at) - 1] ?? null;
}

/** How lively each of so many equal parts of a film is, 0 to 1. @param positions milliseconds into the film */
export function livelinessOf(positions: readonly number[], length: number, parts: number): number[] {
  const counts = new Array<number>(parts).fill(0);
  for (const position of positions) {
    const part = Math.min(parts - 1, Math.floor((position / length) * parts));
    counts[part] = (counts[part] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  // A burst of strokes would make everything else invisible.
  return counts.map((count) => Math.sqrt(count / most));
}
