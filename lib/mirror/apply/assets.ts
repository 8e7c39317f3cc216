/**
 * Pictures and fonts that the customer's browser serves under keys. Asked for once, kept as object URLs while something
 * shows them, revoked when nothing does any more.
 */
import type { NodeId, PageAsset } from "../wire/page-message";
import { MAX_ASSETS, MAX_ASSETS_BYTES } from "./limits";

const TYPES =
  /^(image\/(png|jpeg|webp|gif|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|(font\/|application\/(x-)?font-)[\w-]+)$/;

export interface Assets {
  /** @returns null while it is not there; `refresh` tells when it came */
  urlFor(key: string, user: NodeId): string | null;
  /** What it showed, it shows no more. */
  release(user: NodeId): void;
  store(asset: PageAsset): void;
  /** Revokes what nothing shows. */
  sweep(): void;
  clear(): void;
}

interface Held {
  url: string | null;
  bytes: number;
  readonly users: Set<NodeId>;
}

/**
 * @param want asks for an asset
 * @param refresh something that this user shows has come
 */
export function openAssets(want: (key: string) => void, refresh: (user: NodeId) => void): Assets {
  const held = new Map<string, Held>();
  const keysOf = new Map<NodeId, Set<string>>();
  const idle = new Set<string>();
  let bytes = 0;

  const forget = (key: string) => {
    const asset = held.get(key);
    if (asset?.url) URL.revokeObjectURL(asset.url);
    bytes -= asset?.bytes ?? 0;
    held.delete(key);
  };

  return {
    urlFor(key, user) {
      let asset = held.get(key);
      if (!asset) {
        if (held.size >= MAX_ASSETS) return null;
        asset = { url: null, bytes: 0, users: new Set() };
        held.set(key, asset);
        want(key);
      }
      asset.users.add(user);
      const keys = keysOf.get(user) ?? new Set();
      keysOf.set(user, keys.add(key));
      return asset.url;
    },
    release(user) {
      for (const key of keysOf.get(user) ?? []) {
        held.get(key)?.users.delete(user);
        idle.add(key);
      }
      keysOf.delete(user);
    },
    store({ key, type, bytes: content }) {
      const asset = held.get(key);
      if (!asset || asset.url || !TYPES.test(type) || bytes + content.byteLength > MAX_ASSETS_BYTES) return;
      bytes += content.byteLength;
      asset.bytes = content.byteLength;
      // A copy of its own: the frame's buffer may be shared.
      asset.url = URL.createObjectURL(new Blob([content.slice()], { type }));
      for (const user of [...asset.users]) refresh(user);
    },
    sweep() {
      for (const key of idle) if (held.get(key)?.users.size === 0) forget(key);
      idle.clear();
    },
    clear() {
      for (const key of [...held.keys()]) forget(key);
      keysOf.clear();
      idle.clear();
    },
  };
}
