/** What the whole process knows about its installation; provided by the composition root before anything is served. */
import { processSlot } from "./process-slot";

export interface Config {
  /** Our own origin, no trailing slash, such as https://vetrina.example. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Signs every token; never leaves the process. */
  readonly secret: string;
  readonly version: string;
  /** No DATABASE_URL: one machine's own installation, with the demo shop (its oldest shop). */
  readonly embedded: boolean;
}

export const configSlot = processSlot<Config>("config");

export function getConfig(): Config {
  return configSlot.get();
}
