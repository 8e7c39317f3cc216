/** One resolver a conversation, shared by list, chat and panel, so that each picture's address is asked for once. */
import type { ConversationId } from "@/lib/protocol/ids";
import { createItemResolver, type ResolveItem } from "@/lib/ui/chat/item-resolver";

const resolvers = new Map<ConversationId, ResolveItem>();

export function itemResolver(conversationId: ConversationId): ResolveItem {
  const known = resolvers.get(conversationId);
  if (known) return known;
  const resolver = createItemResolver({ baseUrl: "", conversationId, authorization: () => ({}) });
  resolvers.set(conversationId, resolver);
  return resolver;
}
