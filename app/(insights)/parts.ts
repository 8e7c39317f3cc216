import { type Question, questionQuery } from "@/lib/insights/question";
import { localDay, type PresetDays, spansOfPoints, wholeDays } from "@/lib/insights/range";
import type { HoldoutGroupName, HoldoutState } from "@/lib/insights/reports/holdout-people";
import type { PairState } from "@/lib/insights/reports/pair-cases";
import type { Pair, PairKind } from "@/lib/insights/reports/pairs";

/** The parts of the insights, in the order of their links. */
export const parts = [
  ["overview", "/insights"],
  ["influence", "/insights/influence"],
  ["people", "/insights/people"],
  ["products", "/insights/products"],
  ["conversations", "/insights/conversations"],
  ["live", "/insights/live"],
] as const;
export type Part = (typeof parts)[number][0];

/** A part of the insights with what is asked. */
export const partHref = (part: Part, question: Question): string =>
  reportHref(parts.find(([name]) => name === part)?.[1] ?? "/insights", question);

/** For each point of a chart the same page asked about its days alone; or, where amounts are added up, about all until then. */
export function pointHrefs(
  path: string,
  question: Question,
  by: "each" | "addedUp" = "each",
  more: Readonly<Record<string, string>> = {},
): string[] {
  const { range, timeZone } = question;
  const first = localDay(range.from, timeZone);
  return spansOfPoints(range, timeZone).map(({ from, to }) => {
    const days = wholeDays(by === "each" ? from : first, to, timeZone);
    return reportHref(path, { ...question, preset: undefined, range: days }, more);
  });
}

type FileName =
  | "conversations"
  | "visits"
  | "overview"
  | "influence"
  | "influence-products"
  | "influence-lines"
  | "funnel"
  | "funnel-products"
  | "invitations"
  | "invitation-people"
  | "starts"
  | "people"
  | "people-habits"
  | "products"
  | "product-conversations"
  | "product-pairs"
  | "pair-cases"
  | "heat";

/** A report as a file, by its name in `insights/export`. */
export const fileHref = (
  report: FileName,
  question: Question,
  format: "csv" | "json",
  more: Readonly<Record<string, string>> = {},
): string => reportHref(`/insights/export/${report}`, question, { ...more, format });

/** A pair, and which of its cases, as its page and its file are asked. */
export const pairQuery = (
  pair: Pick<Pair, "first" | "second">,
  kind: PairKind,
  state: PairState,
): Record<string, string> => ({
  ...{ kind, first: pair.first.productId, second: pair.second.productId },
  ...(state === "both" ? {} : { state }),
});

/** To the cases behind pairs of the same question. */
export const pairHrefs =
  (question: Question) =>
  (pair: Pick<Pair, "first" | "second">, kind: PairKind, state: PairState = "both"): string =>
    reportHref("/insights/pairs", question, pairQuery(pair, kind, state));

/** A group of the hold-out, and which of its people, as their page and their file are asked. */
export const peopleQuery = (group: HoldoutGroupName, state: HoldoutState): Record<string, string> => ({
  ...{ group },
  ...(state === "all" ? {} : { state }),
});

/** To the people behind the hold-out's groups. */
export const peopleHrefs =
  (question: Question) =>
  (group: HoldoutGroupName, state: HoldoutState = "all"): string =>
    reportHref("/insights/invitations", question, peopleQuery(group, state));

/** One conversation's journey as a file. */
export const journeyHref = (conversationId: string, format: "csv" | "json"): string =>
  `/insights/export/journey?${new URLSearchParams({ conversation: conversationId, format })}`;

/** Long enough that a shop with any conversations sees some, short enough to be read at a glance. Days. */
const WIDER: PresetDays = 90;

/** The same page, filters and all, asked for a longer time; null where that would be no longer. */
export function widerHref(
  path: string,
  question: Question,
  more: Readonly<Record<string, string>> = {},
): string | null {
  const { preset } = question;
  return preset === undefined || preset < WIDER
    ? reportHref(path, { ...question, preset: WIDER }, more)
    : null;
}

/** A page's address with what is asked, and more. */
export function reportHref(
  path: string,
  question: Question,
  more: Readonly<Record<string, string>> = {},
): string {
  return `${path}?${new URLSearchParams({ ...questionQuery(question), ...more })}`;
}
