import { spawn } from "node:child_process";

/** Lines of a failed command's output that are worth showing. */
const LAST_LINES = 40;

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
      const tail = output.trim().split("\n").slice(-LAST_LINES).join("\n");
      reject(new Error(`${what} failed (${signal ?? code}):\n\n${tail}`));
    });
  });
}
