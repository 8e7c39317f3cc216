import { faultsSlot } from "@/lib/protocol/faults-slot";
import { gatherHeat } from "./gather-heat";

/** Milliseconds between two looks for panels that can be read: nobody waits for a heat map. */
const LOOK_EVERY_MS = 60_000;

/** Keeps the heat maps up to date behind everybody's back. @returns what ends it, and waits for the panel in hand */
export function openHeatWork(): () => Promise<void> {
  const end = new AbortController();
  let looking: Promise<unknown> | null = null;
  const look = () => {
    looking ??= gatherHeat(new Date(), end.signal)
      .catch((error: unknown) => faultsSlot.find()?.(error))
      .finally(() => {
        looking = null;
      });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    end.abort();
    await looking;
  };
}
