/** Module borders by dependency-cruiser; fails too when it saw fewer modules than the repository holds. */
import { execFileSync, spawnSync } from "node:child_process";

const isSource = (path) => /^(app|lib)\/.*\.(ts|tsx)$/.test(path) && !path.startsWith("lib/db/generated/");
const tracked = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "app", "lib"],
  {
    encoding: "utf8",
  },
)
  .split("\n")
  .filter(isSource);

const run = spawnSync(
  "npx",
  ["depcruise", "app", "lib", "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
  { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
if (!run.stdout.startsWith("{")) {
  console.error(run.stdout, run.stderr);
  process.exit(1);
}
const { modules, summary } = JSON.parse(run.stdout);
const seen = new Set(modules.map((module) => module.source));
const missed = tracked.filter((path) => !seen.has(path));
for (const path of missed) console.error(`not seen by dependency-cruiser: ${path}`);
for (const { rule, from, to, cycle } of summary.violations) {
  const where = cycle ? cycle.map((step) => step.name ?? step).join(" -> ") : to;
  console.error(`${rule.name}: ${from} -> ${where}`);
}
console.log(
  `borders: ${tracked.length} modules, ${summary.violations.length} violations, ${missed.length} unseen`,
);
process.exit(missed.length + summary.violations.length > 0 || tracked.length === 0 ? 1 : 0);
