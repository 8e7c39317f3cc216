import type { ChatUpdate } from "@/lib/protocol/chat";
import type { Claims } from "./ports";

/** What of it is meant for this participant: a companion hears what is said from her coming on (SY99). */
export function heardBy({ sinceSeq = 0 }: Claims, update: ChatUpdate): ChatUpdate {
  if (update.type !== "messages" || sinceSeq === 0) return update;
  const messages = update.messages.filter(({ seq }) => seq > sinceSeq);
  return { ...update, messages, hasEarlier: update.hasEarlier && messages.length === update.messages.length };
}
