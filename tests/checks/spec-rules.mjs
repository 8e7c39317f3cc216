/** Every numbered rule of a SPEC.md is quoted by a test, every quoted rule exists, and no number stands twice. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
}).split("\n");
const specs = files.filter((path) => path.endsWith("SPEC.md"));
const tests = files.filter((path) => /\.test\.tsx?$/.test(path));

const problems = [];
const rules = new Map();
for (const spec of specs) {
  for (const match of readFileSync(spec, "utf8").matchAll(/^\s*- \*\*([A-Z]{2}\d+[a-z]?)\*\*/gm)) {
    const rule = match[1];
    if (rules.has(rule)) problems.push(`${rule} stands in ${rules.get(rule)} and in ${spec}`);
    rules.set(rule, spec);
  }
}

const quoted = new Set();
for (const test of tests) {
  for (const match of readFileSync(test, "utf8").matchAll(/\[((?:[A-Z]{2}\d+[a-z]?(?:,\s*)?)+)\]/g)) {
    for (const rule of match[1].split(/,\s*/)) {
      quoted.add(rule);
      if (!rules.has(rule)) problems.push(`${test} quotes ${rule}, which no SPEC.md holds`);
    }
  }
}
for (const [rule, spec] of rules) if (!quoted.has(rule)) problems.push(`${rule} (${spec}) has no test`);
if (rules.size === 0) problems.push("no rules found");

for (const problem of problems) console.error(problem);
console.log(
  `spec rules: ${rules.size} rules in ${specs.length} specs, ${tests.length} test files, ${problems.length} problems`,
);
process.exit(problems.length > 0 ? 1 : 0);
