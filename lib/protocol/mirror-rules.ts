/** What the customer's frame is told of the shop's mirror before it begins: GET /api/v1/conversations/<id>/mirror. */
import * as z from "zod/mini";

export const mirrorRulesAnswerSchema = z.object({
  /** The shop has it switched on. */
  allowed: z.boolean(),
  /** As the shop saved them: `readSiteRules` of lib/mirror/masking reads them where they hold. */
  rules: z.unknown(),
  /** Where an agent who may act can lead her: the shop's own sites. */
  origins: z.array(z.string()),
});
export type MirrorRulesAnswer = z.infer<typeof mirrorRulesAnswerSchema>;
