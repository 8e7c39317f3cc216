/** What each claimed cart had grown by: as IN22 says, a repeated cart adds nothing. */

interface CartLine {
  readonly key: string;
  readonly title: string;
  readonly quantity: number;
}

export interface CartState {
  /** Whose cart it is: each of her browsers has one of its own. */
  readonly visitorId: string;
  readonly lines: readonly CartLine[];
}

/**
 * @param carts in order of time
 * @returns each with the titles of what there is more of than before
 */
export function cartSteps<T extends CartState>(carts: readonly T[]): { cart: T; added: string[] }[] {
  const last = new Map<string, ReadonlyMap<string, number>>();
  return carts.map((cart) => {
    const before = last.get(cart.visitorId);
    const now = new Map<string, number>();
    for (const { key, quantity } of cart.lines) now.set(key, (now.get(key) ?? 0) + quantity);
    last.set(cart.visitorId, now);
    const grown = [...now]
      .filter(([key, quantity]) => quantity > (before?.get(key) ?? 0))
      .map(([key]) => key);
    return { cart, added: grown.map((key) => cart.lines.find((line) => line.key === key)?.title ?? "") };
  });
}
