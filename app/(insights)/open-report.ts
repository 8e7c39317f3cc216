import { enterAsManager } from "@/app/(insights)/enter";
import type { Member } from "@/lib/auth/require-member";
import { parseQuestion, type Question } from "@/lib/insights/question";
import type { Locale } from "@/lib/protocol/locales";
import { findShop } from "@/lib/shops/find-shop";
import { requestLocale } from "@/lib/ui/messages/request-locale";

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export interface OpenedReport {
  readonly manager: Member;
  readonly question: Question;
  readonly locale: Locale;
  /** The page's own address, without what is asked. */
  readonly path: string;
}

/** What a report's page is asked, for a manager of the shop; null for a member with a weaker role. */
export async function openReport(path: string, parameters: SearchParams): Promise<OpenedReport | null> {
  const asked = Object.entries(parameters).flatMap(([name, value]) => {
    const [first] = [value].flat();
    return first === undefined ? [] : [[name, first]];
  });
  const manager = await enterAsManager(`${path}?${new URLSearchParams(asked)}`);
  if (!manager) return null;
  const timeZone = (await findShop(manager.shopId))?.timeZone ?? "UTC";
  const question = parseQuestion(parameters, { shopId: manager.shopId, timeZone }, new Date());
  return { manager, question, locale: await requestLocale(), path };
}
