/**
 * Numbers that stand for addresses nobody else may read; the customer's own browser serves what is behind them, and behind those
 * that were told as they are.
 */

export interface AddressBook {
  /** Null when there are too many. */
  keyOf(url: string): string | null;
  /** It leaves as it is: whoever was told it may ask for what is behind it. @returns the same */
  tell(url: string): string;
  /** @param key a number, or an address that was told; null for anything else */
  addressOf(key: string): string | null;
}

/** Addresses of one document's life, of either kind: a page of endless pictures must not fill memory. */
const MAX_ADDRESSES = 5_000;

export function openAddressBook(): AddressBook {
  const keys = new Map<string, string>();
  const addresses = new Map<string, string>();
  const told = new Set<string>();
  return {
    keyOf(url) {
      const known = keys.get(url);
      if (known) return known;
      if (keys.size >= MAX_ADDRESSES) return null;
      const key = `asset:${keys.size + 1}`;
      keys.set(url, key);
      addresses.set(key, url);
      return key;
    },
    tell(url) {
      if (told.size < MAX_ADDRESSES) told.add(url);
      return url;
    },
    addressOf: (key) => addresses.get(key) ?? (told.has(key) ? key : null),
  };
}
