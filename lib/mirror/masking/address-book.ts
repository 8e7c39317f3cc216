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

/** Numbers, and addresses told, in one document's life: a page of endless pictures must not fill memory. */
const MAX_ADDRESSES = 5_000;

export function openAddressBook(): AddressBook {
  const keys = new Map<string, string>();
  const addresses = new Map<string, string>();
  return {
    keyOf(url) {
      if (!keys.has(url) && keys.size < MAX_ADDRESSES) {
        const key = `asset:${keys.size + 1}`;
        keys.set(url, key);
        addresses.set(key, url);
      }
      return keys.get(url) ?? null;
    },
    tell(url) {
      if (addresses.size < MAX_ADDRESSES) addresses.set(url, url);
      return url;
    },
    addressOf: (key) => addresses.get(key) ?? null,
  };
}
