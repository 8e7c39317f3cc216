import ArrowLeft from "lucide-react/icons/arrow-left";
import { notFound } from "next/navigation";
import { enterFilm } from "@/app/(insights)/enter-film";
import { journeyHref } from "@/app/(insights)/parts";
import { keptQuery, passageQuery, readPassage } from "@/lib/insights/replay/film/passage-link";
import { listPassages } from "@/lib/insights/replay/passages";
import { findJourney, type JourneyStep, MAX_STEPS } from "@/lib/insights/reports/journey";
import { mediaSizes } from "@/lib/media/address";
import { assetIdSchema, conversationIdSchema, type MemberId } from "@/lib/protocol/ids";
import { isStorable } from "@/lib/protocol/storable";
import { lengthOf } from "@/lib/ui/insights/conversation-table";
import { LocalTime } from "@/lib/ui/insights/local-time";
import { PrintButton } from "@/lib/ui/insights/print-button";
import { FilmScreen } from "@/lib/ui/insights/replay/film-screen";
import { FileLinks } from "@/lib/ui/insights/report-section";
import { Screen } from "@/lib/ui/insights/screen";
import { type PicturedStep, Timeline } from "@/lib/ui/insights/timeline";
import { chatMessages } from "@/lib/ui/messages/chat";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { replayMessages } from "@/lib/ui/messages/insights-replay";
import { panelMessages } from "@/lib/ui/messages/panel";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../../insights.module.css";

export async function generateMetadata() {
  return { title: `${translator(insightsMessages, await requestLocale())("journey")} · Vetrina` };
}

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Partial<Record<"from" | "to" | "passage", string | string[]>>>>;
}

export default async function ConversationPage(props: Props) {
  const id = conversationIdSchema.safeParse((await props.params).id);
  if (!id.success) notFound();
  const locale = await requestLocale();
  const t = translator(insightsMessages, locale);
  const words = translator(replayMessages, locale);
  const query = await props.searchParams;
  const asked = readPassage(query);
  const passageId = typeof query.passage === "string" && isStorable(query.passage) ? query.passage : null;
  const by = passageId === null ? asked && passageQuery(asked) : keptQuery(encodeURIComponent(passageId));
  const path = `/insights/conversations/${id.data}`;
  const access = await enterFilm(id.data, passageId, by === null ? path : `${path}?${by}`);
  const kept = passageId === null ? [] : await listPassages(access);
  const cut = kept.find((one) => one.id === passageId) ?? asked;
  // What came of it, product by product, is the managers' report; an agent sees the film of her own conversation.
  const journey = access.isManager ? await findJourney(access) : null;
  const steps = await Promise.all((journey?.steps ?? []).map((step) => withPicture(step, access.memberId)));
  const areas = {
    chat: chatMessages[locale],
    panel: panelMessages[locale],
    replay: replayMessages[locale],
  };

  return (
    <Screen t={t} name={access.name}>
      <div className={styles.page}>
        {access.isManager ? (
          <div className={styles.head}>
            <a className={styles.back} href="/insights/conversations">
              <ArrowLeft size={18} aria-hidden />
              {t("back")}
            </a>
            <a className={styles.back} href="/insights/passages">
              {words("bestPassages")}
            </a>
            {access.isAdmin ? (
              <a className={styles.back} href={`/settings/erase?who=${access.visitorId}`}>
                {words("erase")}
              </a>
            ) : null}
          </div>
        ) : null}
        {journey ? (
          <div className={styles.head}>
            <h1>{t("journeyOf", { name: journey.customer || t("customer") })}</h1>
            <PrintButton label={t("print")} />
            <dl>
              <div>
                <dt>{t("agent")}</dt>
                <dd>{journey.agent || t("nobody")}</dd>
              </div>
              <div>
                <dt>{t("start")}</dt>
                <dd>
                  <LocalTime ms={journey.startedAt} locale={locale} />
                </dd>
              </div>
              <div>
                <dt>{t("length")}</dt>
                <dd>{lengthOf(journey, t)}</dd>
              </div>
            </dl>
          </div>
        ) : (
          <h1>{words("film")}</h1>
        )}
        <MessagesProvider locale={locale} areas={areas}>
          <FilmScreen conversationId={id.data} passageId={passageId} cut={cut} />
        </MessagesProvider>
        {journey ? (
          <section className={styles.page} aria-labelledby="text-version">
            <h2 id="text-version">{words("textVersion")}</h2>
            {steps.length === 0 ? (
              <p>{t("emptyJourney")}</p>
            ) : (
              <Timeline t={t} locale={locale} steps={steps} />
            )}
            {journey.cut ? <p>{t("cut", { count: MAX_STEPS })}</p> : null}
            <FileLinks
              csvHref={journeyHref(id.data, "csv")}
              jsonHref={journeyHref(id.data, "json")}
              title={words("textVersion")}
            />
          </section>
        ) : null}
      </div>
    </Screen>
  );
}

async function withPicture(step: JourneyStep, memberId: MemberId): Promise<PicturedStep> {
  if (step.pictureId === null) return { ...step, picture: null };
  const asset = { assetId: assetIdSchema.parse(step.pictureId), sizes: step.pictureSizes };
  const sizes = await mediaSizes(asset, { kind: "member", memberId });
  const [smallest] = sizes;
  if (!smallest) return { ...step, picture: null };
  const srcSet = sizes
    .slice(0, 2)
    .map(({ longest, url }) => `${url} ${longest}w`)
    .join(", ");
  return { ...step, picture: { src: smallest.url, srcSet } };
}
