import type { FeedProblem, FeedReason } from "@/lib/protocol/feeds";

/** Problems that are named one by one; of the others only the number is kept. */
const MAX_NAMED = 1_000;

/** Rows that were left out, and rows of which a part was: the first ones in full, all of them counted. */
export class Problems {
  readonly rejected: FeedProblem[] = [];
  readonly warnings: FeedProblem[] = [];
  rejectedTotal = 0;
  warningsTotal = 0;

  reject(line: number, externalId: string, ...reasons: readonly string[]): void {
    this.rejectedTotal += 1;
    if (this.rejected.length < MAX_NAMED) this.rejected.push({ line, externalId, reasons });
  }

  warn(line: number, externalId: string, reasons: readonly string[]): void {
    if (reasons.length === 0) return;
    this.warningsTotal += 1;
    if (this.warnings.length < MAX_NAMED) this.warnings.push({ line, externalId, reasons });
  }
}

export function reasonWithNumber(code: FeedReason, number: number): string {
  return `${code}:${number}`;
}
