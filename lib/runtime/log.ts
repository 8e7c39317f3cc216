/** The process's log: JSON lines on stderr, so that stdout stays for people. Never holds message texts or tokens. */
import { destination, type Logger, pino, stdTimeFunctions } from "pino";
import type { Env } from "./env";

export type Log = Logger;

export function createLog(level: Env["logLevel"]): Log {
  return pino(
    {
      level,
      base: { app: "vetrina" },
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: ["*.token", "*.password", "*.cookie", "*.authorization"], censor: "[removed]" },
    },
    destination({ dest: 2, sync: true }),
  );
}
