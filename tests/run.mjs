/**
 * npm test: installs what the tests need, builds once, runs the checks and every test. Plain JavaScript without packages,
 * because it runs before any is installed. Words after `npm test --` go to vitest.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  buildFrame,
  buildLoader,
  buildPages,
  buildServer,
  generateClient,
} from "../lib/runtime/launch/builds.mjs";
import { installPackages } from "../lib/runtime/launch/packages.mjs";
import { createProgress } from "../lib/runtime/launch/progress.mjs";
import { openStamps } from "../lib/runtime/launch/stamps.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = "1";

/** Programs the tests drive, where Debian puts them, and the package that brings them. */
const programs = [
  { path: "/usr/bin/chromium", package: "chromium" },
  { path: "/usr/bin/firefox-esr", package: "firefox-esr" },
  { path: "/usr/lib/postgresql", package: "postgresql" },
  { path: "/usr/bin/redis-server", package: "redis-server" },
  { path: "/usr/lib/python3/dist-packages/swift", package: "python3-swift" },
  { path: "/usr/bin/memcached", package: "memcached" },
  { path: "/usr/bin/ffmpeg", package: "ffmpeg" },
  { path: "/usr/bin/heif-enc", package: "libheif-examples" },
  { path: "/usr/sbin/clamd", package: "clamav-daemon" },
];

function installPrograms() {
  const missing = programs.filter(({ path }) => !existsSync(path)).map((program) => program.package);
  if (missing.length === 0) return "unchanged";
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    throw new Error(
      `The tests need ${missing.join(" and ")}. Install with: sudo apt-get install ${missing.join(" ")}`,
    );
  }
  const apt = (...words) => {
    const { status, stderr } = spawnSync("apt-get", words, {
      encoding: "utf8",
      // At this level Debian starts none of the services that come with them: tests start their own.
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
    });
    if (status !== 0) throw new Error(`apt-get ${words[0]} failed:\n${stderr}`);
  };
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", ...missing);
  return "installed";
}

function run(command, words) {
  const { status } = spawnSync(command, words, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const stamps = openStamps(root);
const progress = createProgress();
try {
  await progress.step("Programs", async () => installPrograms());
  await progress.step("Packages", () => installPackages(root, { dev: false }));
  await progress.step("Database client", () => generateClient(root, stamps));
  await progress.step("Loader", () => buildLoader(root, stamps));
  await progress.step("Frame", () => buildFrame(root, stamps));
  await progress.step("Server", () => buildServer(root, stamps));
  // A development shell's NODE_ENV must not decide what kind of build is tested.
  process.env.NODE_ENV = "production";
  await progress.step("Pages", () => buildPages(root, stamps, ".next"));
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
}
delete process.env.NODE_ENV;

run(process.execPath, ["tests/checks/check.mjs"]);
const vitest = (...words) => run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...words]);
const asked = process.argv.slice(2);
if (asked.length > 0) vitest(...asked);
else {
  // Two cores at least, and often one test waits for a database or a socket while the other computes.
  vitest("--project", "unit", "--maxWorkers", "2");
  vitest("--project", "browser");
  // Several browsers and a whole installation at once: not beside everything else on two cores.
  vitest("--project", "e2e");
}
