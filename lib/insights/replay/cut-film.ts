import type { Film } from "@/lib/protocol/film";
import type { KeptSpan } from "./access";

/**
 * What a film tells of one passage: nothing said, shown, looked at, put into the cart or ordered outside it, and nobody's name who is
 * a customer or came with one and said nothing in it. Chat and panel are cut where they are read.
 */
export function cutFilm(film: Film, { from, to }: KeptSpan): Film {
  const isInside = (at: number) => at >= from.getTime() && at <= to.getTime();
  const inside = <T extends { readonly at: number }>(facts: readonly T[]) =>
    facts.filter(({ at }) => isInside(at));
  const heard = new Set(film.chat.map(({ participantId }) => participantId));
  return {
    ...film,
    endedAt: film.endedAt !== null && isInside(film.endedAt) ? film.endedAt : null,
    people: film.people.map((one) =>
      heard.has(one.participantId) || one.role === "agent" || one.role === "supervisor"
        ? one
        : { ...one, name: "" },
    ),
    shown: inside(film.shown),
    trail: inside(film.trail),
    carts: inside(film.carts),
    orders: inside(film.orders),
  };
}
