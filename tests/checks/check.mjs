/** `npm run check`: the same list locally, in the git hook and in CI. Every step runs, so that one run shows everything. */
import { spawnSync } from "node:child_process";

const steps = [
  ["format and lint", "npx", ["biome", "ci", "--error-on-warnings"]],
  ["types", "npx", ["tsc", "--noEmit"]],
  ["borders", process.execPath, ["tests/checks/borders.mjs"]],
  ["dead code", "npx", ["knip"]],
  ["spec rules", process.execPath, ["tests/checks/spec-rules.mjs"]],
];

const failed = [];
for (const [name, command, parameters] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, parameters, { stdio: "inherit" });
  console.log(
    `${status === 0 ? "ok  " : "FAIL"} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(", ")}`);
  process.exit(1);
}
