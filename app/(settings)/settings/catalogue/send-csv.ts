import { writeCsv } from "@/lib/insights/csv";
import { defaultLocale, matchLocale } from "@/lib/protocol/locales";
import { type CatalogueSettingsKey, catalogueSettingsMessages } from "@/lib/ui/messages/catalogue-settings";
import { type Translate, translator } from "@/lib/ui/messages/define";

/** A file for a spreadsheet that takes none of its texts for a formula. @param name without its ending */
export function sendCsv(name: string, rows: readonly (readonly (string | number)[])[]): Response {
  return new Response(writeCsv(rows), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}

/** In the language that the browser asks for. */
export function wordsFor(request: Request): Translate<CatalogueSettingsKey> {
  const locale = matchLocale(request.headers.get("accept-language")) ?? defaultLocale;
  return translator(catalogueSettingsMessages, locale);
}
