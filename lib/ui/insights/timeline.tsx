import type { LucideIcon } from "lucide-react";
import BadgeCheck from "lucide-react/icons/badge-check";
import Eye from "lucide-react/icons/eye";
import ImageIcon from "lucide-react/icons/image";
import MessageSquareHeart from "lucide-react/icons/message-square-heart";
import MonitorUp from "lucide-react/icons/monitor-up";
import PencilLine from "lucide-react/icons/pencil-line";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import type { JourneyStep, StepKind } from "@/lib/insights/reports/journey";
import type { EventType } from "@/lib/protocol/event-catalogue";
import type { Locale } from "@/lib/protocol/locales";
import type { Translate } from "@/lib/ui/messages/define";
import type { InsightsKey } from "@/lib/ui/messages/insights";
import { formatMoney } from "./format";
import { LocalTime } from "./local-time";
import styles from "./timeline.module.css";

/** A step with the address of its picture, which the server has signed. */
export interface PicturedStep extends JourneyStep {
  readonly picture: { readonly src: string; readonly srcSet: string } | null;
}

const looks: Record<
  StepKind,
  { readonly icon: LucideIcon; readonly word: InsightsKey; readonly type: EventType }
> = {
  seen: { icon: Eye, word: "stepSeen", type: "product_viewed" },
  shown: { icon: MonitorUp, word: "stepShown", type: "item_shown" },
  drawn: { icon: PencilLine, word: "stepDrawn", type: "mark_drawn" },
  recommended: { icon: MessageSquareHeart, word: "stepRecommended", type: "product_recommended" },
  carted: { icon: ShoppingBag, word: "stepCarted", type: "cart_changed" },
  bought: { icon: BadgeCheck, word: "stepBought", type: "order_placed" },
};

const phases = ["before", "during", "after"] as const;

/** A journey from top to bottom, with pictures. */
export function Timeline(props: {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
  readonly steps: readonly PicturedStep[];
}) {
  const { t } = props;
  return phases.map((phase) => {
    const steps = props.steps.filter((step) => step.phase === phase);
    if (steps.length === 0) return null;
    return (
      <section key={phase} className={styles.phase} aria-labelledby={`phase-${phase}`}>
        <h2 id={`phase-${phase}`}>{t(phase)}</h2>
        <ol className={styles.steps}>
          {steps.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a report is rendered once and never reordered
            <Step key={i} {...props} step={step} />
          ))}
        </ol>
      </section>
    );
  });
}

function Step(props: {
  readonly t: Translate<InsightsKey>;
  readonly locale: Locale;
  readonly step: PicturedStep;
}) {
  const { t, locale, step } = props;
  const { icon: Icon, word, type } = looks[step.kind];
  const names = new Intl.ListFormat(locale);
  const isPhoto = step.productId === null && step.externalId === null;
  return (
    <li className={styles.step} data-kind={step.kind} data-testid="journey-step" data-type={type}>
      <span className={styles.dot}>
        <Icon size={18} aria-hidden />
      </span>
      {step.picture ? (
        <img
          className={styles.picture}
          {...step.picture}
          sizes="72px"
          alt=""
          loading="lazy"
          width={72}
          height={90}
        />
      ) : (
        <span className={styles.picture} data-empty>
          {isPhoto ? <ImageIcon size={24} aria-hidden /> : t("noPicture")}
        </span>
      )}
      <div className={styles.words}>
        <p className={styles.what}>
          <strong>{t(word)}</strong> {step.who.length > 0 ? t("by", { name: names.format(step.who) }) : ""}
        </p>
        <p className={styles.title}>
          {isPhoto ? t("photo") : step.title || t("unknownProduct")}
          {step.externalId === null ? "" : ` (${step.externalId})`}
        </p>
        <p className={styles.facts}>
          <LocalTime ms={step.at} locale={locale} look={step.phase === "during" ? "time" : "moment"} />
          {detailOf(step, t, locale).map((detail) => (
            <span key={detail}>{detail}</span>
          ))}
          {step.source === "browser" ? <em>{t("reported")}</em> : null}
        </p>
      </div>
    </li>
  );
}

function detailOf(step: JourneyStep, t: Translate<InsightsKey>, locale: Locale): string[] {
  const details: string[] = [];
  if (step.kind === "drawn") details.push(t("marks", { count: step.times }));
  else if (step.quantity !== null) details.push(t("pieces", { count: step.quantity }));
  else if (step.times > 1) details.push(t("times", { count: step.times }));
  if (step.minor !== null && step.currency !== null)
    details.push(formatMoney(step.minor, step.currency, locale));
  return details;
}
