import { requireMember } from "@/lib/auth/require-member";
import { type CatalogueView, findView, ownCatalogue } from "@/lib/catalogue/catalogue-view";
import { requireConversationAccess } from "./access";
import { requireMemberOf } from "./conversation-access";

/**
 * Whose catalogue somebody at the desk looks through: that of the conversation that her question names, else the shop's own.
 * @throws AppError unauthorized, forbidden, not_found
 */
export async function requireCatalogueView(request: Request): Promise<CatalogueView> {
  const conversationId = new URL(request.url).searchParams.get("conversation");
  if (conversationId === null) return ownCatalogue((await requireMember(request, "agent")).shopId);
  const access = await requireConversationAccess(request.headers, conversationId);
  requireMemberOf(access, "agent");
  return findView(access.shopId, access.storefrontId);
}
