import { ArrowLeft } from "lucide-react";
import { notFound } from "next/navigation";
import { enterAsManager } from "@/app/(insights)/enter";
import { findJourney, type JourneyStep, MAX_STEPS } from "@/lib/insights/reports/journey";
import { mediaSizes } from "@/lib/media/address";
import { assetIdSchema, conversationIdSchema, type MemberId } from "@/lib/protocol/ids";
import { lengthOf } from "@/lib/ui/insights/conversation-table";
import { LocalTime } from "@/lib/ui/insights/local-time";
import { NotAllowed } from "@/lib/ui/insights/not-allowed";
import { PrintButton } from "@/lib/ui/insights/print-button";
import { Screen } from "@/lib/ui/insights/screen";
import { type PicturedStep, Timeline } from "@/lib/ui/insights/timeline";
import { translator } from "@/lib/ui/messages/define";
import { insightsMessages } from "@/lib/ui/messages/insights";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import styles from "../../insights.module.css";

export async function generateMetadata() {
  return { title: `${translator(insightsMessages, await requestLocale())("journey")} · Vetrina` };
}

export default async function JourneyPage(props: { readonly params: Promise<{ readonly id: string }> }) {
  const id = conversationIdSchema.safeParse((await props.params).id);
  if (!id.success) notFound();
  const locale = await requestLocale();
  const t = translator(insightsMessages, locale);
  const manager = await enterAsManager(`/insights/conversations/${id.data}`);
  if (!manager) return <NotAllowed t={t} />;
  const journey = await findJourney({ shopId: manager.shopId, conversationId: id.data });
  if (!journey) notFound();
  const steps = await Promise.all(journey.steps.map((step) => withPicture(step, manager.memberId)));

  return (
    <Screen t={t} name={manager.name}>
      <div className={styles.page}>
        <div className={styles.head}>
          <a className={styles.back} href="/insights">
            <ArrowLeft size={18} aria-hidden />
            {t("back")}
          </a>
        </div>
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
        {steps.length === 0 ? <p>{t("emptyJourney")}</p> : <Timeline t={t} locale={locale} steps={steps} />}
        {journey.cut ? <p>{t("cut", { count: MAX_STEPS })}</p> : null}
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
