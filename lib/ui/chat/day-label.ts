import { dayOf } from "./group-messages";

/** "Today", "Yesterday", or the day written out; the year only when it is not this one. */
export function dayLabel(
  at: number,
  now: number,
  locale: string,
  words: { readonly today: string; readonly yesterday: string },
): string {
  const day = dayOf(at);
  if (day === dayOf(now)) return words.today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday.getTime())) return words.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(at);
}
