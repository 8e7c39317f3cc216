export const locales = ["en", "de", "it", "es", "fr"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "en";

/** Best match for a BCP 47 tag or an Accept-Language header such as "de-AT,de;q=0.9"; undefined when none fits. */
export function matchLocale(tags: string | null | undefined): Locale | undefined {
  for (const part of (tags ?? "").split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    const found = locales.find((locale) => locale === language);
    if (found) return found;
  }
  return undefined;
}
