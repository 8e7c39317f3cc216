import type { PeopleLeague } from "@/lib/insights/people-league";
import type { Locale } from "@/lib/protocol/locales";

export interface PartProps {
  readonly league: PeopleLeague;
  readonly locale: Locale;
  /** The conversations behind a figure, narrowed further. */
  readonly conversationsHref: (more: Readonly<Record<string, string>>) => string;
  readonly exportHref: (format: "csv" | "json") => string;
}
