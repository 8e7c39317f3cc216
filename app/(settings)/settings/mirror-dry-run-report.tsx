"use client";
/** What a dry run found: a picture of the page, and beside it counts, changes and findings. */
import { useState } from "react";
import type { Box, DryRunReport } from "@/lib/mirror/dry-run/dry-run-port";
import type { MirrorRulesKey } from "@/lib/ui/messages/mirror-rules";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./mirror-dry-run.module.css";
import { ChangeList, FindingList, Rows } from "./mirror-dry-run-lists";

const COUNTED = ["shown", "masked", "boxed", "forbidden"] as const;

export function DryRunReportView(props: {
  readonly report: DryRunReport;
  /** The rules in the form are others by now. */
  readonly isStale: boolean;
  /** Another one is being made. */
  readonly isOld: boolean;
  readonly onMask: (selector: string) => void;
}) {
  const { report, isStale, isOld, onMask } = props;
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  const [pointed, setPointed] = useState<Box | null>(null);
  return (
    <section
      className={styles.report}
      aria-label={report.address}
      aria-busy={isOld}
      data-testid="dry-run-report"
    >
      <div role="status" className={styles.notes}>
        {isStale && <p>{t("stale")}</p>}
        {report.mode === "off" && <p>{t("off")}</p>}
        {report.isRestless && <p>{t("restless")}</p>}
        {report.isCut && <p>{t("cut")}</p>}
      </div>
      <Picture report={report} pointed={pointed} />
      <div className={styles.lists}>
        <ChangeList report={report} onPoint={setPointed} />
        <Counts report={report} />
        <FindingList report={report} onMask={onMask} />
        {report.unmatched.length > 0 && (
          <div>
            <h4>{t("unmatched")}</h4>
            <Rows label={t("unmatched")} testId="dry-run-unmatched">
              {report.unmatched.map(({ list, selector }) => (
                <li key={`${list} ${selector}`}>
                  <code>{selector}</code>
                </li>
              ))}
            </Rows>
          </div>
        )}
      </div>
    </section>
  );
}

function Picture({ report, pointed }: { readonly report: DryRunReport; readonly pointed: Box | null }) {
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  const { base64, width, height } = report.picture;
  const share = (pixels: number, of: number) => `${(100 * pixels) / of}%`;
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h4>{t("picture")}</h4>
        <p>{t("pictureText")}</p>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard, too */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("picture")}>
        <div className={styles.page}>
          <img
            src={`data:image/webp;base64,${base64}`}
            alt={t("pictureAlt", { address: report.address })}
            width={width}
            height={height}
            data-testid="dry-run-picture"
          />
          {pointed !== null && (
            <span
              key={`${pointed.x} ${pointed.y}`}
              className={styles.pointed}
              data-testid="dry-run-place"
              ref={scrollTo}
              style={{
                left: share(pointed.x, width),
                top: share(pointed.y, height),
                width: share(pointed.width, width),
                height: share(pointed.height, height),
              }}
            />
          )}
        </div>
      </section>
    </figure>
  );
}

/** Pixels of the page that are seen above a place. */
const ABOVE_PX = 60;

/** Within the picture alone: the page around it stays where the pointer is. */
function scrollTo(place: HTMLElement | null): void {
  place?.closest("section")?.scrollTo({ top: place.offsetTop - ABOVE_PX });
}

function Counts({ report }: { readonly report: DryRunReport }) {
  const t = useMessages<MirrorRulesKey>("mirrorRules");
  const number = new Intl.NumberFormat(useLocale());
  return (
    <table className={styles.counts} data-testid="dry-run-counts">
      <thead>
        <tr>
          <th scope="col">{t("parts")}</th>
          <th scope="col">{t("saved")}</th>
          <th scope="col">{t("edited")}</th>
        </tr>
      </thead>
      <tbody>
        {COUNTED.map((part) => (
          <tr key={part}>
            <th scope="row">{t(part)}</th>
            <td>{number.format(report.saved[part])}</td>
            <td>{number.format(report.edited[part])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
