import type { FeedProblem } from "@/lib/protocol/feeds";
import type { BroughtPictures } from "./bring-pictures";
import type { ImportReport } from "./import-report";
import { reasonText } from "./reason-text";

/** Problems that a terminal shows. */
const MAX_LINES = 100;

/** The report as lines for a person at a terminal. */
export function reportLines(report: ImportReport, pictures: BroughtPictures | null): string[] {
  const { products } = report;
  const total = products.new + products.changed + products.unchanged;
  const lines = [
    `${total} products (${products.new} new, ${products.changed} changed, ${products.unchanged} unchanged), ${report.variants} variants, from ${report.rows} rows`,
  ];
  if (report.sameFile) lines.push("It is the same file as last time, and nothing has changed since.");
  if (report.skipped > 0) lines.push(`${report.skipped} rows are not published, by the feed's own word.`);
  if (report.state === "would-shrink") {
    lines.push(
      `Nothing was changed: ${products.gone} products of earlier imports are not in this feed. Say --may-shrink if they shall go.`,
    );
  } else if (products.gone > 0) {
    lines.push(
      `${products.gone} products of earlier imports are not in this feed any more; they are not active now.`,
    );
  }
  lines.push(...named(`${report.rejectedTotal} rows were left out:`, report.rejected));
  lines.push(...named(`${report.warningsTotal} rows came in without a part:`, report.warnings));
  if (pictures) {
    lines.push(`${pictures.stored + pictures.known} pictures and videos (${pictures.stored} new)`);
    if (pictures.failed.length > 0) lines.push(`${pictures.failed.length} more could not be read:`);
    for (const { externalId, url, reason } of pictures.failed.slice(0, MAX_LINES)) {
      lines.push(`  ${externalId}: ${url}: ${reason}`);
    }
  }
  return lines;
}

function named(title: string, problems: readonly FeedProblem[]): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, MAX_LINES).map(({ line, externalId, reasons }) => {
    return `  line ${line}: ${externalId || "(no id)"}: ${reasons.map(reasonText).join(", ")}`;
  });
  return [title, ...shown];
}
