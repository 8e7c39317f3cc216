import type { ImportReport } from "./import-feed";

/** Names listed of what the feed leaves out; a whole catalogue helps nobody. */
const MAX_MISSING_NAMED = 20;

/** The report as lines for a person at a terminal. */
export function reportLines(report: ImportReport): string[] {
  const { products, pictures } = report;
  const total = products.new + products.changed + products.unchanged;
  const lines = [
    `${total} products (${products.new} new, ${products.changed} changed, ${products.unchanged} unchanged), ${report.variants} variants, from ${report.rows} rows`,
    `${pictures.stored + pictures.known} pictures (${pictures.stored} new)`,
  ];
  if (report.rejected.length > 0) lines.push(`${report.rejected.length} rows were left out:`);
  for (const { line, externalId, reasons } of report.rejected) {
    lines.push(`  line ${line}: ${externalId || "(no id)"}: ${reasons.join(", ")}`);
  }
  if (pictures.failed.length > 0) lines.push(`${pictures.failed.length} pictures could not be read:`);
  for (const { line, externalId, url, reason } of pictures.failed) {
    lines.push(`  line ${line}: ${externalId}: ${url}: ${reason}`);
  }
  if (report.missing.length > 0) {
    const named = report.missing.slice(0, MAX_MISSING_NAMED).join(", ");
    const more = report.missing.length > MAX_MISSING_NAMED ? ", ..." : "";
    lines.push(
      `${report.missing.length} products of the shop are not in this feed and were left as they are: ${named}${more}`,
    );
  }
  return lines;
}
