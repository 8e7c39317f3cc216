import type { Locale } from "@/lib/protocol/locales";

/** A moment by the clocks of the shop, as all days of reports are. */
export function ShopTime(props: { readonly ms: number; readonly timeZone: string; readonly locale: Locale }) {
  const { timeZone } = props;
  const format = new Intl.DateTimeFormat(props.locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  const date = new Date(props.ms);
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>;
}
