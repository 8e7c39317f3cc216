/** Numbers that stand for addresses nobody else may read; the customer's own browser serves what is behind them. */

export interface AddressBook {
  /** Null when there are too many. */
  keyOf(url: string): string | null;
  addressOf(key: string): string | null;
}

/** Addresses of one document's life: a page of endless pictures must not fill memory. */
const MAX_ADDRESSES = 5_000;

export function openAddressBook(): AddressBook {
  const keys = new Map<string, string>();
  const addresses = new Map<string, string>();
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
    addressOf: (key) => addresses.get(key) ?? null,
  };
}
