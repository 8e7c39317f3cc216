/** One report on a page: its title, what its numbers mean one click away, what lies behind it, and its rows as a file. */
import Download from "lucide-react/icons/download";
import Info from "lucide-react/icons/info";
import type { ReactNode } from "react";
import type { Locale } from "@/lib/protocol/locales";
import { translator } from "@/lib/ui/messages/define";
import { insightsFrameMessages } from "@/lib/ui/messages/insights-frame";
import styles from "./report-section.module.css";

export function ReportSection(props: {
  /** Unique on the page; also what links name. */
  readonly id: string;
  readonly locale: Locale;
  readonly title: string;
  /** What is counted and how, in plain words; several paragraphs one by one. */
  readonly definition: string | readonly string[];
  /** The conversations behind it. */
  readonly behindHref?: string | undefined;
  /** Where other rows than conversations lie behind it: what they are. */
  readonly behindName?: string;
  /** The rows as files. */
  readonly csvHref?: string | undefined;
  readonly jsonHref?: string | undefined;
  readonly children: ReactNode;
}) {
  const { id, title, definition, csvHref, jsonHref, behindHref } = props;
  const t = translator(insightsFrameMessages, props.locale);
  return (
    <section id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <div className={styles.head}>
        <h2 id={`${id}-title`}>{title}</h2>
        <Definition locale={props.locale} name={title} definition={definition} />
        <div className={styles.ways}>
          {behindHref === undefined ? null : <a href={behindHref}>{props.behindName ?? t("behind")}</a>}
          {csvHref === undefined ? null : <FileLink href={csvHref} kind="CSV" title={title} />}
          {jsonHref === undefined ? null : <FileLink href={jsonHref} kind="JSON" title={title} />}
        </div>
      </div>
      {props.children}
    </section>
  );
}

/** What a name means, opened by a small button; without a script. */
export function Definition(props: {
  readonly locale: Locale;
  readonly name: string;
  readonly definition: string | readonly string[];
}) {
  const t = translator(insightsFrameMessages, props.locale);
  const paragraphs = typeof props.definition === "string" ? [props.definition] : props.definition;
  return (
    <details className={styles.definition} name="definition">
      <summary aria-label={t("define", { name: props.name })}>
        <Info size={16} aria-hidden />
      </summary>
      <div>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </details>
  );
}

/** The same for rows that stand under no title of their own. */
export function FileLinks(props: {
  readonly csvHref: string;
  readonly jsonHref: string;
  readonly title: string;
}) {
  return (
    <p className={styles.ways}>
      <FileLink href={props.csvHref} kind="CSV" title={props.title} />
      <FileLink href={props.jsonHref} kind="JSON" title={props.title} />
    </p>
  );
}

function FileLink(props: { readonly href: string; readonly kind: string; readonly title: string }) {
  return (
    <a href={props.href} download>
      <Download size={16} aria-hidden />
      {props.kind}
      <span className="visually-hidden"> {props.title}</span>
    </a>
  );
}
