/** The language of a request: `?lang=` (handed on by lib/runtime/page-headers), else what the browser asks for. */
import { headers } from "next/headers";
import { defaultLocale, type Locale, matchLocale } from "@/lib/protocol/locales";
import { LOCALE_HEADER } from "@/lib/protocol/request-headers";

export async function requestLocale(): Promise<Locale> {
  return localeOf(await headers());
}

/** The same for a route, which holds its request in its hands. */
export function localeOf(received: Pick<Headers, "get">): Locale {
  return (
    matchLocale(received.get(LOCALE_HEADER)) ?? matchLocale(received.get("accept-language")) ?? defaultLocale
  );
}
