import type { VisitedPage } from "@/lib/protocol/desk";
import type { Translate } from "@/lib/ui/messages/define";
import type { DeskKey } from "@/lib/ui/messages/desk";

/** Why somebody may be asking: what she is looking at. */
export function reasonOf(page: VisitedPage | null, t: Translate<DeskKey>): string {
  if (page === null) return t("noPageYet");
  if (page.product !== null) return t("looksAt", { title: page.product.title });
  return page.title === "" ? t("noPageYet") : t("onPage", { title: page.title });
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** "now", "4 min", "2 h", "3 d". */
export function ageOf(ageMs: number, t: Translate<DeskKey>): string {
  if (ageMs < MINUTE_MS) return t("justNow");
  if (ageMs < HOUR_MS) return t("minutes", { count: Math.floor(ageMs / MINUTE_MS) });
  if (ageMs < DAY_MS) return t("hours", { count: Math.floor(ageMs / HOUR_MS) });
  return t("days", { count: Math.floor(ageMs / DAY_MS) });
}

/** "40 s", "2 min", "1 h"; null for less than a second, which is nothing to speak of. */
export function lengthOf(ms: number, t: Translate<DeskKey>): string | null {
  if (ms < SECOND_MS) return null;
  return ms < MINUTE_MS ? t("seconds", { count: Math.floor(ms / SECOND_MS) }) : ageOf(ms, t);
}
