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
  /**
   * What is behind an address that the replica shows, object URLs too, for a picture of it: held until it is let go of.
   * @returns null while it is not there; then it is asked for
   */
  blobOf(address: string): Blob | null;
  letGo(): void;
  /** Revokes what nothing shows. */
  sweep(): void;
  clear(): void;
}

interface Held {
  url: string | null;
  blob: Blob | null;
  readonly users: Set<NodeId>;
}

/** No node's id: whoever makes a picture of the replica. */
const FREEZER: NodeId = -1;
/** Characters of an address that may be asked for; a longer one stays unread. */
const MAX_ADDRESS_CHARS = 200;

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
    bytes -= asset?.blob?.size ?? 0;
    held.delete(key);
  };

  const api: Assets = {
    urlFor(key, user) {
      let asset = held.get(key);
      if (!asset) {
        if (held.size >= MAX_ASSETS) return null;
        asset = { url: null, blob: null, users: new Set() };
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
      // A copy of its own: the frame's buffer may be shared.
      asset.blob = new Blob([content.slice()], { type });
      asset.url = URL.createObjectURL(asset.blob);
      for (const user of [...asset.users]) refresh(user);
    },
    blobOf(address) {
      let key = address;
      for (const [one, { url }] of held) if (url === address) key = one;
      if (key.startsWith("blob:") || key.length > MAX_ADDRESS_CHARS) return null;
      api.urlFor(key, FREEZER);
      return held.get(key)?.blob ?? null;
    },
    letGo() {
      api.release(FREEZER);
      api.sweep();
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
  return api;
}
