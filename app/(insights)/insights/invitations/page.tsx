import { openReport, type SearchParams } from "@/app/(insights)/open-report";
import { fileHref, peopleHrefs, peopleQuery, reportHref } from "@/app/(insights)/parts";
import { ReportPage } from "@/app/(insights)/report-page";
import { loadListPage, parseOffset } from "@/lib/insights/list-page";
import { singleValue } from "@/lib/insights/question";
import {
  holdoutGroups,
  holdoutStates,
  listHoldoutPeople,
  parseHoldoutPeople,
} from "@/lib/insights/reports/holdout-people";
import { HoldoutPeoplePart } from "@/lib/ui/insights/holdout-people";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { StateNav } from "@/lib/ui/insights/state-nav";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { insightsHoldoutMessages } from "@/lib/ui/messages/insights-holdout";
import { requestLocale } from "@/lib/ui/messages/request-locale";

/** People on one page of the list. */
const PAGE_ROWS = 50;

export async function generateMetadata() {
  return { title: `${translator(insightsHoldoutMessages, await requestLocale())("title")} · Vetrina` };
}

/** Who is behind the groups of the hold-out, one by one. */
export default async function InvitationsPage(props: { readonly searchParams: Promise<SearchParams> }) {
  const parameters = await props.searchParams;
  const opened = await openReport("/insights/invitations", parameters);
  if (opened === null) return <NotAllowed t={translator(insightsMessages, await requestLocale())} />;
  const { question, locale, path } = opened;
  const t = translator(insightsHoldoutMessages, locale);
  const of = parseHoldoutPeople((name) => singleValue(parameters, name));
  const { rows, total, days, offset } = await loadListPage(
    parseOffset(singleValue(parameters, "after")),
    (start) => listHoldoutPeople(question, of, { offset: start, limit: PAGE_ROWS }),
  );
  const href = peopleHrefs(question);
  const kept = peopleQuery(of.group, of.state);
  const pageHref = (start: number) =>
    reportHref(path, question, start > 0 ? { ...kept, after: String(start) } : kept);
  return (
    <ReportPage opened={opened} part="influence" title={t("title")} kept={kept}>
      <StateNav
        label={t("group")}
        states={holdoutGroups.map((group) => ({
          name: t(group),
          href: href(group, of.state),
          current: group === of.group,
        }))}
      />
      <StateNav
        label={t("state")}
        states={holdoutStates.map((state) => ({
          name: t(`state_${state}`),
          href: href(of.group, state),
          current: state === of.state,
        }))}
      />
      <HoldoutPeoplePart
        locale={locale}
        timeZone={question.timeZone}
        group={of.group}
        rows={rows}
        total={total}
        days={days}
        csvHref={fileHref("invitation-people", question, "csv", kept)}
        jsonHref={fileHref("invitation-people", question, "json", kept)}
        newerHref={offset > 0 ? pageHref(Math.max(0, offset - PAGE_ROWS)) : null}
        olderHref={offset + rows.length < total ? pageHref(offset + PAGE_ROWS) : null}
      />
    </ReportPage>
  );
}
