/** PrestaShop's way of narrowing a list. */
import type { Params } from "../shop-line";

export const full: Params = [["display", "full"]];

/** Its filters' own signs have no place in a value. */
export const plain = (text: string) => text.replace(/[[\]|%,]/g, " ").trim();

export const anyOf = (ids: readonly string[]) => `[${ids.map(plain).join("|")}]`;
