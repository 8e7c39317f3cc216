/** What a customer says of her conversation once it has ended: of every agent's alike, for nothing is planted here. */
import type { ConversationStory } from "./conversation-story";
import type { Dice } from "./dice";
import { planted } from "./planted";
import type { EventRow, RatedRow } from "./rows";

const SCORES = [
  { value: 5, weight: 52 },
  { value: 4, weight: 30 },
  { value: 3, weight: 11 },
  { value: 2, weight: 4 },
  { value: 1, weight: 3 },
] as const;
/** From the end until she has pressed: half of them within this time. */
const PRESSES_MS = 9_000;
const SPREAD = 0.6;

export interface RatingStory {
  readonly said: Pick<RatedRow, "score" | "ratedAt">;
  readonly event: EventRow;
}

/** Null: nobody talked with her, or she has not said. */
export function ratingStory(dice: Dice, story: ConversationStory | null): RatingStory | null {
  if (story === null || story.conversation.acceptedAt === null || !dice.chance(planted.rated)) return null;
  const { id, visitorId, closedAt } = story.conversation;
  const score = dice.weighted(SCORES).value;
  const at = closedAt + dice.about(PRESSES_MS, SPREAD);
  return {
    said: { score, ratedAt: at },
    event: {
      id: dice.id(at),
      type: "conversation_rated",
      source: "server",
      visitorId,
      conversationId: id,
      data: { score },
      at,
    },
  };
}
