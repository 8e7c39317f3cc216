/**
 * What a companion is called: the name she gives herself and whose guest she is. Nobody checks that name, so it always
 * says that: "Anna (with Guest 7)" cannot be taken for the shop's Anna. Data, not interface text: it is stored.
 */
import type { Locale } from "@/lib/protocol/locales";

const words: Record<Locale, string> = { en: "with", de: "mit", it: "con", es: "con", fr: "avec" };

/** Controls, what turns the direction of writing around, and the signs by which the name says whose guest she is. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}()[\]{}（）]/gu;

/** Null when nothing is left that one could call her. */
export function companionName(said: string, customer: string, locale: Locale): string | null {
  const name = said.normalize("NFC").replace(NOT_IN_NAMES, " ").replace(/\s+/gu, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(name)) return null;
  return `${name} (${words[locale]} ${customer})`;
}
