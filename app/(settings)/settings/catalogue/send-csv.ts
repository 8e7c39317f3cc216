import { writeCsv } from "@/lib/insights/csv";

/** A file for a spreadsheet that takes none of its texts for a formula. @param name without its ending */
export function sendCsv(name: string, rows: readonly (readonly (string | number)[])[]): Response {
  return new Response(writeCsv(rows), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
