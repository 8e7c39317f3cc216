import { spawn } from "node:child_process";

/** Lines of a failed command's output that are worth showing: npm says what is wrong first, compilers last. */
const FIRST_LINES = 15;
const LAST_LINES = 30;

/**
 * Runs a command to its end, quietly; what it said is shown only when it fails.
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} args
 * @param {{ what: string, env?: Record<string, string> }} options
 * @returns {Promise<string>} its output
 */
export function run(cwd, command, args, { what, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: command.endsWith(".cmd"),
    });
    let output = "";
    const keep = (bytes) => {
      output += bytes.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => reject(new Error(`${what} could not be run: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${what} failed (${signal ?? code}):\n\n${shorten(output.trim().split("\n"))}`));
    });
  });
}

function shorten(lines) {
  if (lines.length <= FIRST_LINES + LAST_LINES) return lines.join("\n");
  return [...lines.slice(0, FIRST_LINES), "...", ...lines.slice(-LAST_LINES)].join("\n");
}
