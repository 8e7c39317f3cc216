/** Where this machine keeps a Chromium: said, in CHROME_PATH, or on the PATH. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { LintProblem } from "./lint-problem";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "chrome.exe",
  "msedge.exe",
];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param said path given on the command line; then nothing else is tried */
export function findChromium(said: string | null, env: Readonly<Record<string, string | undefined>>): string {
  const named = said ?? env.CHROME_PATH;
  if (named) {
    if (isProgram(named)) return named;
    throw new LintProblem(`There is no program at ${named}.`, { kind: "no browser" });
  }
  for (const folder of (env.PATH ?? "").split(delimiter).filter(Boolean)) {
    for (const name of NAMES) if (isProgram(join(folder, name))) return join(folder, name);
  }
  const other = ELSEWHERE.find(isProgram);
  if (other) return other;
  throw new LintProblem(
    "No Chromium found. Install Chromium or Chrome, or say where it is with --chromium <path> or CHROME_PATH.",
    { kind: "no browser" },
  );
}
