import { partHref } from "@/app/(insights)/parts";
import { filterValues, type Question } from "@/lib/insights/question";
import type { StartRow } from "@/lib/insights/reports/starts";

/** To the conversations that began so; undefined where nothing is known of how, for which there is no filter. */
export function startHref({ kind, name }: StartRow, question: Question): string | undefined {
  if (name === "") return undefined;
  const one = {
    trigger: { trigger: filterValues.trigger.find((value) => value === name) },
    channel: { channel: filterValues.channel.find((value) => value === name) },
    page: { startedOn: name },
  }[kind];
  return partHref("conversations", { ...question, filters: { ...question.filters, ...one } });
}
