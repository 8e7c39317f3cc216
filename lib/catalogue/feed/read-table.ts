/** The rows of a table (CSV, TSV) as a stream. Knows delimiters and quotes and nothing of products. */
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { MAX_RECORD_CHARS, refuseFeed } from "./feed-item";

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

export interface TableRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** @throws AppError bad_request with the line */
export async function* readTable(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_CHARS,
  });
  const end = { broken: false };
  const source = Readable.from(watchEnd(text, end));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: number | null = null;
  let short = false;
  let line = 1;
  let last = 1;
  try {
    for await (const record of parser) {
      const cells: readonly string[] = record;
      last = line;
      // Asking the parser for its line costs more than reading the row.
      line += 1 + newlinesIn(cells);
      if (cells.length === 1 && cells[0] === "") continue;
      columns ??= cells.length;
      if (short) columns = 0;
      short = cells.length < columns;
      yield { line: last, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) refuseFeed("line", lineOf(error) ?? line, reasonOfCsv(error));
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  // Of all rows only the last is too short, and no line ends it: the rest was lost on the way.
  if (short && end.broken) refuseFeed("line", last, "the file ends in the middle of a row");
}

/** Learns whether the file ends without ending its last line. */
async function* watchEnd(text: AsyncIterable<string>, end: { broken: boolean }): AsyncGenerator<string> {
  for await (const piece of text) {
    if (piece === "") continue;
    end.broken = !/[\r\n]$/.test(piece);
    yield piece;
  }
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (/[\r\n]/.test(cell)) count += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  return count;
}

function lineOf(error: CsvError): number | undefined {
  return typeof error.lines === "number" ? error.lines : undefined;
}

function reasonOfCsv(error: CsvError): string {
  if (error.code === "CSV_MAX_RECORD_SIZE") return `a row has more than ${MAX_RECORD_CHARS} characters`;
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "the file ends within quotes";
  return error.message;
}
