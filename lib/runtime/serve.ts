/** Runs the server as the process: signals, exit codes, and words for the person at the keyboard. */
import { StartProblem } from "@/lib/db/start-problem";
import { readEnv } from "./env";
import { type RunningServer, startServer } from "./server";

/** A stop that takes longer is a fault; leave rather than hang. */
const STOP_MS = 12_000;

export interface ServeOptions {
  readonly dev: boolean;
  readonly onStep: (step: "database" | "pages" | "demo") => void;
  readonly onPicture: (done: number, total: number) => void;
}

/** Resolves once everything is served; ends the process with 1 when it cannot be. */
export async function serve({ dev, onStep, onPicture }: ServeOptions): Promise<RunningServer> {
  let server: RunningServer | null = null;
  let ending = false;
  const end = (code: number) => {
    if (ending) process.exit(code);
    ending = true;
    setTimeout(() => process.exit(code), STOP_MS).unref();
    void (server?.close() ?? Promise.resolve()).then(() => process.exit(code));
  };
  const onSignal = () => end(0);
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  try {
    server = await startServer({ env: readEnv(process.env), dev, onStep, onPicture, onLost: () => end(1) });
    return server;
  } catch (error) {
    const message =
      error instanceof StartProblem ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`\n${message}\n`);
    process.exit(1);
  }
}
