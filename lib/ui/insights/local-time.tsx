"use client";
/** A moment in the reader's own time zone. The server, which does not know it, renders UTC; the browser corrects it. */
import { useSyncExternalStore } from "react";
import type { Locale } from "@/lib/protocol/locales";

export type TimeLook = "moment" | "time";

const options: Record<TimeLook, Intl.DateTimeFormatOptions> = {
  moment: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

const never = () => () => {};

export function LocalTime(props: { readonly ms: number; readonly locale: Locale; readonly look?: TimeLook }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const format = new Intl.DateTimeFormat(props.locale, {
    ...options[props.look ?? "moment"],
    ...(inBrowser ? {} : { timeZone: "UTC" }),
  });
  const date = new Date(props.ms);
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>;
}
