/** Installs exactly what package-lock.json says, and only when node_modules says otherwise. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.mjs";

/**
 * @param {string} root
 * @param {{ dev: boolean }} options
 */
export async function installPackages(root, { dev }) {
  // Somebody who develops decides on installs himself; only a missing folder is filled.
  const installed = dev ? existsSync(join(root, "node_modules/.package-lock.json")) : isInstalled(root);
  if (installed) return "unchanged";
  await run(
    root,
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["ci", "--include=dev", "--no-audit", "--no-fund"],
    {
      what: "npm ci",
      // npm would leave out what the build needs.
      env: { NODE_ENV: "development" },
    },
  );
  return "installed";
}

/** npm keeps beside the packages a list of what it put there. */
function isInstalled(root) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
    const present = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === "" ||
        entry.optional === true ||
        entry.link === true ||
        present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}
