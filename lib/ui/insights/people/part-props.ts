import type { PeopleLeague } from "@/lib/insights/people-league";
import type { AttributionRule } from "@/lib/protocol/attribution";
import type { Locale } from "@/lib/protocol/locales";

export interface PartProps {
  readonly league: PeopleLeague;
  readonly locale: Locale;
  /** By which revenue is credited. */
  readonly rule: AttributionRule;
  /** The conversations behind a figure, narrowed further. */
  readonly conversationsHref: (more: Readonly<Record<string, string>>) => string;
  /** Of all figures, or of what the best do differently alone. */
  readonly exportHref: (format: "csv" | "json", report?: "people" | "people-habits") => string;
}
