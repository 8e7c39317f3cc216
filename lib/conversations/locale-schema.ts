import * as z from "zod/mini";
import { defaultLocale, type Locale, matchLocale } from "@/lib/protocol/locales";

/** Any language tag, as the nearest language we speak. */
export const localeSchema = z.pipe(
  z.string(),
  z.transform((tag): Locale => matchLocale(tag) ?? defaultLocale),
);
