/** The report in words, for a terminal or a build's log. */
import type { Finding, PageReport } from "./finding";

export type PageResult =
  | { readonly url: string; readonly report: PageReport }
  | { readonly url: string; readonly problem: string };

const PROBLEM_WORDS: Readonly<Record<string, string>> = {
  unparsable: "is no CSS selector",
  "pseudo-element": "names a pseudo-element, which is never an element",
  "too broad": "is too broad: name a class, an id or the value of an attribute",
  unreadable: "cannot be read",
  "unknown key": "is no key of the rules",
  "secret parameter": "names a secret, which is never listed",
};

/** Control characters of a page must not reach a terminal. */
const clean = (text: string) => text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "·");

export const countFindings = (results: readonly PageResult[]): number =>
  results.reduce((sum, result) => {
    if ("problem" in result) return sum;
    const { findings, more, problems } = result.report;
    return sum + findings.length + more + problems.length;
  }, 0);

export function writeReport(results: readonly PageResult[]): string {
  const lines: string[] = [];
  for (const result of results) {
    if ("problem" in result) {
      lines.push(`${withoutQuery(result.url)}`, `  could not be looked at: ${clean(result.problem)}`, "");
      continue;
    }
    const { report } = result;
    const notes = [
      report.mode,
      `${report.nodes} nodes`,
      `${report.told.masked} masked, ${report.told.dropped} kept back, ${report.told.shown} shown`,
      ...(report.isCut ? ["not read to its end"] : []),
      ...(report.isRestless ? ["still changing"] : []),
    ];
    lines.push(`${clean(report.address)}  (${notes.join(" · ")})`);
    for (const { where, what, effect } of report.problems)
      lines.push(`  rule ${clean(where)} ${PROBLEM_WORDS[what] ?? what}: ${effect}`);
    for (const finding of report.findings) lines.push(...inWords(finding));
    if (report.more > 0) lines.push(`  and ${report.more} more`);
    if (report.findings.length === 0 && report.problems.length === 0) lines.push("  nothing found");
    lines.push("");
  }
  const failed = results.filter((result) => "problem" in result).length;
  const found = countFindings(results);
  const of = `${results.length} page${results.length === 1 ? "" : "s"}`;
  lines.push(
    `${found} finding${found === 1 ? "" : "s"} on ${of}${failed > 0 ? `, ${failed} could not be looked at` : ""}`,
  );
  return `${lines.join("\n")}\n`;
}

function inWords({ what, name, path, why, sample, rule }: Finding): string[] {
  const thing = name ? `${what} ${name}` : what;
  return [
    `  ${clean(thing)}  ${clean(path)}`,
    `    ${why}${sample ? ` (${clean(sample)})` : ""}`,
    `    rule: ${clean(rule)}`,
  ];
}

const withoutQuery = (url: string) => clean(url.replace(/[?#].*$/, ""));
