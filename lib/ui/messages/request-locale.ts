/** The language of a request: `?lang=` (handed on by proxy.ts as a header), else what the browser asks for. */
import { headers } from "next/headers";
import { defaultLocale, type Locale, matchLocale } from "@/lib/protocol/locales";

export const LOCALE_HEADER = "x-vetrina-locale";

export async function requestLocale(): Promise<Locale> {
  const received = await headers();
  return (
    matchLocale(received.get(LOCALE_HEADER)) ?? matchLocale(received.get("accept-language")) ?? defaultLocale
  );
}
