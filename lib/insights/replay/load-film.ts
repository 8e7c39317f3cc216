/** A film's description: people, chat, trail, cart, orders and what there is of the panel (SPEC.md). */
import { getDb } from "@/lib/db/client";
import { messageSchema } from "@/lib/protocol/chat";
import { AppError } from "@/lib/protocol/errors";
import { type Film, filmSchema } from "@/lib/protocol/film";
import type { FilmAccess } from "./access";
import { cutFilm } from "./cut-film";
import { describePanel, findPictures } from "./panel-part";
import { listPassages } from "./passages";
import { loadVisit } from "./visit-part";

/** Messages of one film: more than a day of writing without a break. */
const MAX_FILM_MESSAGES = 5_000;

/** @throws AppError not_found when it was erased in this very moment */
export async function loadFilm(access: FilmAccess, now: Date): Promise<Film> {
  const { conversationId, shopId, only } = access;
  const db = getDb();
  const conversation = await db.conversation.findUnique({
    where: { id: conversationId },
    include: {
      participants: { orderBy: { createdAt: "asc" } },
      shop: { select: { attributionDays: true } },
    },
  });
  if (conversation === null) throw new AppError("not_found", "no such conversation");
  const { visitorId, createdAt, closedAt } = conversation;
  const when = { startedAt: createdAt.getTime(), endedAt: closedAt?.getTime() ?? null };
  const [messages, assets, panel, passages, visit] = await Promise.all([
    db.message.findMany({
      where: { conversationId, ...(only && { createdAt: { gte: only.from, lte: only.to } }) },
      orderBy: { seq: "asc" },
      take: MAX_FILM_MESSAGES + 1,
    }),
    db.asset.findMany({
      where: { conversationId, ...(only && { createdAt: { lte: only.to } }) },
      select: { id: true },
    }),
    describePanel(access, now),
    listPassages(access),
    loadVisit({ shopId, conversationId, visitorId, ...when, orderDays: conversation.shop.attributionDays }),
  ]);
  // What no server of today wrote is left out rather than the film.
  const chat = messages.slice(0, MAX_FILM_MESSAGES).flatMap(({ createdAt, ...row }) => {
    const message = messageSchema.safeParse({ ...row, at: createdAt.getTime() });
    return message.success ? [message.data] : [];
  });
  const film = filmSchema.parse({
    conversationId,
    ...when,
    people: conversation.participants.map(({ id, role, name, color }) => ({
      participantId: id,
      role,
      name,
      color,
    })),
    chat,
    chatCut: messages.length > MAX_FILM_MESSAGES,
    ...visit,
    assets: assets.map(({ id }) => id),
    panel,
    passages,
    mayKeep: access.isManager,
  } satisfies Record<keyof Film, unknown>);
  return only === null ? film : cutFilm(film, only, await findPictures(access, now));
}
