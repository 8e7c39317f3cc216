/** How each command-line tool ends: what its user can mend is said in words, anything else with where it happened. */
import { StartProblem } from "@/lib/db/start-problem";
import { AppError } from "@/lib/protocol/errors";

export function runCommand(main: () => Promise<void>): void {
  main().then(
    () => process.exit(),
    (error: unknown) => {
      process.stderr.write(`${wordsOf(error)}\n`);
      process.exit(1);
    },
  );
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = error instanceof StartProblem || error instanceof AppError || isFileProblem(error);
  return known ? error.message : (error.stack ?? error.message);
}

/** Such as ENOENT for a file that is not there. */
function isFileProblem(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && error.code.startsWith("E");
}
