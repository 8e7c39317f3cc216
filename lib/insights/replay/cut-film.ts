import type { Film } from "@/lib/protocol/film";
import type { AssetId } from "@/lib/protocol/ids";
import type { KeptSpan } from "./access";

/** Notices that name somebody who came, or whose page was to be seen. */
const naming = new Set(["joined", "companion_joined", "left", "mirror_started", "mirror_refused"]);

/**
 * What a film tells of one passage: nothing said, shown, looked at, put into the cart or ordered outside it, and nobody's name who is
 * a customer or came with one and said nothing in it. Chat and panel are cut where they are read.
 *
 * @param onPanel pictures that lie on the panel at some time of it
 */
export function cutFilm(film: Film, { from, to }: KeptSpan, onPanel: ReadonlySet<AssetId>): Film {
  const isInside = (at: number) => at >= from.getTime() && at <= to.getTime();
  const inside = <T extends { readonly at: number }>(facts: readonly T[]) =>
    facts.filter(({ at }) => isInside(at));
  const heard = new Set(film.chat.map(({ participantId }) => participantId));
  const people = film.people.map((one) =>
    heard.has(one.participantId) || one.role === "agent" || one.role === "supervisor"
      ? one
      : { ...one, name: "" },
  );
  const named = new Set(people.map(({ name }) => name));
  const chat = film.chat.filter(
    ({ body }) => body.kind !== "notice" || !naming.has(body.code) || named.has(body.name),
  );
  const sent = new Set(chat.flatMap(({ body }) => (body.kind === "picture" ? [body.assetId] : [])));
  return {
    ...film,
    endedAt: film.endedAt !== null && isInside(film.endedAt) ? film.endedAt : null,
    people,
    chat,
    assets: film.assets.filter((id) => sent.has(id) || onPanel.has(id)),
    shown: inside(film.shown),
    trail: inside(film.trail),
    carts: putIn(inside(film.carts)),
    orders: inside(film.orders),
  };
}

/** Of each cart what had been put into it since the first of these. */
function putIn(carts: Film["carts"]): Film["carts"] {
  const since = new Set<string>();
  return carts.map((cart) => {
    for (const title of cart.added) since.add(title);
    return { ...cart, lines: cart.lines.filter(({ title }) => since.has(title)) };
  });
}
