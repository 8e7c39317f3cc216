import { type Question, questionQuery } from "@/lib/insights/question";

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

/** A page's address with what is asked, and more. */
export function reportHref(
  path: string,
  question: Question,
  more: Readonly<Record<string, string>> = {},
): string {
  return `${path}?${new URLSearchParams({ ...questionQuery(question), ...more })}`;
}
