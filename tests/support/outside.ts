import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { openOutside, outsideSlot } from "@/lib/http/outside/outside";

/** Lets the code under test reach a test's own servers. Close it in `afterAll`. */
export function allowOutside(allow = "127.0.0.1"): { readonly close: () => Promise<void> } {
  const outside = openOutside(readAllowedPlaces(allow));
  outsideSlot.provide(outside);
  return { close: outside.close };
}
