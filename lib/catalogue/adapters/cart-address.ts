/** Where a browser puts a variant into the shop's own cart, by the word of its connected system. */
import type { CatalogueView } from "../catalogue-view";
import { ConnectionProblem } from "./connection-problem";
import { findLive } from "./live-connection";
import type { CartLine } from "./port";

/** Characters; longer ones are no address of a shop's. */
const MAX_ADDRESS = 2_000;

/** Empty where no system is connected, it has no such address, or it does not answer. */
export async function findCartAddress(view: CatalogueView, line: CartLine): Promise<string> {
  try {
    const address = (await (await findLive(view))?.adapter.cartAddress?.(line)) ?? "";
    return /^https?:\/\//.test(address) && URL.canParse(address) && address.length <= MAX_ADDRESS
      ? address
      : "";
  } catch (error) {
    if (error instanceof ConnectionProblem) return "";
    throw error;
  }
}
