/** What can be known to go wrong before minutes of building: the same sentences the server itself would say later. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";

/**
 * @param {NodeJS.ProcessEnv} variables
 * @returns {Promise<string | null>} one sentence, or null when nothing stands in the way
 */
export async function checkBeforehand(variables) {
  const port = Number(variables.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return "PORT must be a port number.";
  const folder = variables.DATA_DIR ?? "./data";
  return (
    folderProblem(folder) ??
    holderProblem(folder, variables) ??
    (await portProblem(variables.HOST || "127.0.0.1", port))
  );
}

function folderProblem(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
    return null;
  } catch (error) {
    return `The data folder ${folder} cannot be written to (${error.code ?? error}): set DATA_DIR to one that can.`;
  }
}

function holderProblem(folder, variables) {
  if (variables.DATABASE_URL) return null;
  try {
    const holder = JSON.parse(readFileSync(join(folder, "server.json"), "utf8"));
    if (holder.host !== hostname()) return null;
    process.kill(holder.pid, 0);
    return `The data folder ${folder} is in use by another server (process ${holder.pid}): stop it, or set DATA_DIR to another folder.`;
  } catch (error) {
    if (error.code !== "EPERM") return null;
    return `The data folder ${folder} is in use by another server: stop it, or set DATA_DIR to another folder.`;
  }
}

/** @returns {Promise<string | null>} */
function portProblem(host, port) {
  if (port === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EADDRINUSE") {
        resolve(`Port ${port} on ${host} is in use: stop what runs there, or set PORT to another one.`);
      } else if (error.code === "EACCES") {
        resolve(`Port ${port} needs rights this process does not have: set PORT to one above 1023.`);
      } else
        resolve(`Cannot listen on ${host}:${port} (${error.code ?? error.message}): check HOST and PORT.`);
    });
    probe.listen({ host, port }, () => probe.close(() => resolve(null)));
  });
}
