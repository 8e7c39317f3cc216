import { type WebhookType, webhookTypes } from "@/lib/protocol/webhooks";
import type { DevelopersKey } from "@/lib/ui/messages/developers";

const words: Record<WebhookType, DevelopersKey> = {
  "conversation.started": "typeConversationStarted",
  "conversation.ended": "typeConversationEnded",
  "recommendation.made": "typeRecommendationMade",
  "product.added_to_cart": "typeProductAddedToCart",
  "order.matched": "typeOrderMatched",
};

/** What a kind of message is about; what no admin chose is a test. */
export function typeWords(type: string): DevelopersKey {
  const known = webhookTypes.find((each) => each === type);
  return known === undefined ? "typeTest" : words[known];
}
