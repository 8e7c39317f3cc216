/** The words of an export for whoever asks: `?lang=` and `?tz=` (an IANA time zone), else the browser's language and UTC. */
import type { ExportWords } from "@/lib/export/export-panel";
import { defaultLocale, matchLocale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { exportMessages } from "@/lib/ui/messages/export";

export function requestWords(request: Request): ExportWords {
  const asked = new URL(request.url).searchParams;
  const locale =
    matchLocale(asked.get("lang")) ?? matchLocale(request.headers.get("accept-language")) ?? defaultLocale;
  const t = translator(exportMessages, locale);
  const zone = knownZone(asked.get("tz"));
  // A time that is not the reader's own says so.
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone ?? "UTC" });
  const time = format({
    hour: "2-digit",
    minute: "2-digit",
    ...(zone === null && { timeZoneName: "short" }),
  });
  const date = format({ day: "numeric", month: "long", year: "numeric" });
  return {
    untitled: t("untitled"),
    missing: t("missing"),
    file: t("file"),
    photo: (name, at) =>
      name === null ? t("photoAt", { time: time.format(at) }) : t("photoBy", { name, time: time.format(at) }),
    paper: (shop, at) => ({
      title: t("heading"),
      shop,
      heading: t("heading"),
      date: date.format(at),
      takingPart: t("takingPart"),
      drawnBy: t("drawnBy"),
      somebody: t("somebody"),
      // Filled in where the pages are counted.
      page: t("page", { page: "{page}", pages: "{pages}" }),
    }),
  };
}

function knownZone(zone: string | null): string | null {
  if (zone === null) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A browser may know zones that we do not.
    return null;
  }
}
