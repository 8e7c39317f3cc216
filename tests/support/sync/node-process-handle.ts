/** Starts node-process.ts as a process of its own, and ends it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@/tests/support/postgres";

const script = fileURLToPath(new URL("node-process.ts", import.meta.url));

export interface NodeProcess {
  readonly baseUrl: string;
  readonly ended: boolean;
  /** Resolves with the exit code once the process is gone; null when the signal ended it. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

/** @param database an address, or the folder of an embedded one that the process opens and takes with it */
export async function startNodeProcess(place: {
  readonly database: string;
  readonly redisUrl?: string;
  readonly port?: number;
}): Promise<NodeProcess> {
  const port = place.port ?? (await freePort());
  const words = [place.database, String(port), place.redisUrl ?? ""];
  const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const early = exited.then(() => {
    throw new Error("the node ended before it listened");
  });
  // It will end, by our hand, later.
  early.catch(() => undefined);
  await Promise.race([once(child.stdout, "data"), early]);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    get ended() {
      return child.exitCode !== null || child.signalCode !== null || child.killed;
    },
    async kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
