import type { CreditKind } from "@/lib/insights/attribution";
import type { FunnelCount } from "@/lib/insights/funnel-steps";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsInfluenceKey } from "@/lib/ui/messages/insights-influence";

/** What every part of the page needs. */
export interface InfluencePartProps {
  readonly t: Translate<InsightsInfluenceKey>;
  readonly locale: Locale;
  /** The shop's rule in words. */
  readonly rule: string;
}

/** In the order in which they happen. */
export const funnelCounts = [
  "shown",
  "drawn",
  "recommended",
  "opened",
  "carted",
  "ordered",
  "kept",
  "returned",
] as const satisfies readonly FunnelCount[];

/** Names of the kinds of credit are their own keys. */
export const stepWords: Record<FunnelCount, InsightsInfluenceKey> = {
  shown: "stepShown",
  drawn: "stepDrawn",
  recommended: "stepRecommended",
  opened: "stepOpened",
  carted: "stepCarted",
  ordered: "stepOrdered",
  kept: "stepKept",
  returned: "stepReturned",
};

export const kindDefinitions: Record<CreditKind, InsightsInfluenceKey> = {
  recommended: "recommendedDef",
  shown: "shownDef",
  talked: "talkedDef",
};
