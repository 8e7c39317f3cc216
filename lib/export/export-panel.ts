/**
 * What a conversation's panel holds, to take home: one item as a PNG, all of it as a PDF. Reads the panel as it is
 * stored, paints it on a thread with the painter of the screen, keeps nothing.
 */
import type { ConversationAccess } from "@/lib/conversations/conversation-access";
import { createPanelJournal } from "@/lib/conversations/panel-journal";
import { viewOf } from "@/lib/conversations/view-of";
import { getDb } from "@/lib/db/client";
import { paletteEntry } from "@/lib/panel/palette";
import type { Item } from "@/lib/panel/schema";
import { AppError } from "@/lib/protocol/errors";
import { itemIdSchema } from "@/lib/protocol/ids";
import type { ExportPerson, PaperWords, Wanted } from "./export-job";
import { runExport } from "./export-pool";
import { fileName } from "./file-name";
import { type CaptionWords, loadFacts } from "./load-facts";

/** The words of an export in one language and time zone; the caller has the catalogue. */
export interface ExportWords extends CaptionWords {
  readonly missing: string;
  /** Name of a file without a title of its own. */
  readonly file: string;
  paper(shop: string, at: Date): PaperWords;
}

/** Those that one item needs. */
export type ItemWords = CaptionWords & Pick<ExportWords, "missing">;

export interface ExportedFile {
  /** Safe in a header and on any disk. */
  readonly name: string;
  readonly type: "image/png" | "application/pdf";
  readonly bytes: Uint8Array;
}

/** An item with its marks as who asks may see it. */
interface PaintedItem {
  readonly item: Item;
  readonly caption: string;
  /** False for a tile that stands for what is covered for her, or not there. */
  readonly hasPicture: boolean;
  /** PNG */
  readonly bytes: Uint8Array;
}

/** @throws AppError not_found, unavailable */
export async function exportItem(
  access: ConversationAccess,
  itemId: string,
  words: ExportWords,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const { caption, bytes } = await paintStored(access, itemId, words, signal);
  return { name: fileName(caption || words.file, "png"), type: "image/png", bytes };
}

/** @throws AppError not_found, unavailable */
export async function paintStored(
  access: ConversationAccess,
  itemId: string,
  words: ItemWords,
  signal: AbortSignal,
): Promise<PaintedItem> {
  const id = itemIdSchema.safeParse(itemId);
  if (!id.success) throw new AppError("not_found", "no such item");
  const { bytes, asked } = await run(access, words, signal, () => ({ kind: "picture", itemId: id.data }));
  if (asked === null) throw new AppError("internal", "an item was painted that nobody asked about");
  return { ...asked, bytes };
}

/** @throws AppError conflict for an empty panel, unavailable */
export async function exportPaper(
  access: ConversationAccess,
  words: ExportWords,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const done = await run(access, words, signal, ({ shop, createdAt, people }) => ({
    kind: "paper",
    words: words.paper(shop, createdAt),
    people,
  }));
  const name = fileName(`${words.file} ${done.createdAt.toISOString().slice(0, 10)}`, "pdf");
  return { name, type: "application/pdf", bytes: done.bytes };
}

interface Conversation {
  readonly shop: string;
  readonly createdAt: Date;
  readonly people: readonly ExportPerson[];
}

async function run(
  access: ConversationAccess,
  words: ItemWords,
  signal: AbortSignal,
  wanted: (conversation: Conversation) => Wanted,
) {
  const { conversationId, shopId } = access;
  const forMember = access.by.kind === "member";
  const [conversation, stored] = await Promise.all([
    loadConversation(conversationId),
    createPanelJournal().load(conversationId),
  ]);
  const names = new Map(conversation.people.map(({ id, name }) => [id, name]));
  const panel = [
    ...(stored.snapshot ? [stored.snapshot.state] : []),
    ...stored.updates.map(({ update }) => update),
  ];
  const view = await viewOf({ conversationId, shopId });
  const asked: Omit<PaintedItem, "bytes">[] = [];
  const answer = await runExport(
    { panel, wanted: wanted(conversation), missing: words.missing },
    async (question) => {
      const facts = await loadFacts({ conversationId, shopId, view, forMember, names, words }, question);
      asked.push({ item: question.item, caption: facts.caption, hasPicture: facts.picture !== null });
      return facts;
    },
    signal,
  );
  if (!answer.ok) throw new AppError(answer.code, answer.detail);
  return { bytes: answer.bytes, asked: asked.at(-1) ?? null, createdAt: conversation.createdAt };
}

async function loadConversation(id: string): Promise<Conversation> {
  const row = await getDb().conversation.findUniqueOrThrow({
    where: { id },
    select: {
      createdAt: true,
      shop: { select: { name: true } },
      participants: { orderBy: { createdAt: "asc" }, select: { id: true, name: true, color: true } },
    },
  });
  const people = row.participants.map(({ color, ...person }) => ({
    ...person,
    color: paletteEntry(color).color,
  }));
  return { shop: row.shop.name, createdAt: row.createdAt, people };
}
