/** The live connection of a shop: opened once a process, and again when it changes. */
import { unseal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";
import type { CatalogueView, ViewStorefront } from "../catalogue-view";
import { ConnectionProblem } from "./connection-problem";
import { type Connection, createPlatform } from "./create-platform";
import { connectionSettings } from "./credentials";
import { liveKinds, storefrontKinds } from "./kinds";
import type { CatalogueAdapter, PlatformAdapter } from "./port";
import { withMemory } from "./with-memory";

/** Connections that a process holds open; the least recently used one is forgotten. */
const MAX_OPEN = 200;

export interface OpenConnection {
  /** Asks now. */
  readonly platform: PlatformAdapter;
  /** Remembers for a while. */
  readonly adapter: CatalogueAdapter;
  /** What was last written to our tables, by the shop's id: the same again is not written. */
  readonly written: Map<string, string>;
  /** As the database says. */
  readonly lastError: string | null;
}

interface Entry extends Omit<OpenConnection, "lastError"> {
  /** Changes with the connection. */
  readonly mark: string;
}

/** By shop and storefront. */
const slot = processSlot<Map<string, Entry>>("shop connections");

/**
 * Null for a shop without a live connection, and for a further storefront in whose language or currency it cannot be asked.
 * @throws ConnectionProblem sealed, and what asking for its currencies meets
 */
export async function findLive({ shopId, storefront }: CatalogueView): Promise<OpenConnection | null> {
  const row = await getDb().shopConnection.findUnique({ where: { shopId } });
  const key = storefront === null ? shopId : `${shopId} ${storefront.storefrontId}`;
  const canSpeak = storefront === null || storefrontKinds.some((kind) => kind === row?.kind);
  if (row === null || !canSpeak) {
    slot.find()?.delete(key);
    return null;
  }
  const open = slot.find() ?? new Map<string, Entry>();
  slot.provide(open);
  const mark = JSON.stringify([row.kind, row.address, row.credentials, row.settings, storefront]);
  const known = open.get(key);
  const entry =
    known?.mark === mark ? known : createEntry(askedFor(await readConnection(row), storefront), mark);
  open.delete(key);
  open.set(key, entry);
  for (const oldest of open.keys()) {
    if (open.size <= MAX_OPEN) break;
    open.delete(oldest);
  }
  // It would answer in other words than the storefront's, or with prices of another currency under its name.
  if (storefront !== null && (await entry.platform.serves?.()) === false) return null;
  return { ...entry, lastError: row.lastError };
}

function askedFor(connection: Connection, storefront: ViewStorefront | null): Connection {
  if (storefront === null) return connection;
  const { locale, currency } = storefront;
  return { ...connection, settings: { ...connection.settings, locale, currency } };
}

function createEntry(connection: Connection, mark: string): Entry {
  const platform = createPlatform(connection);
  return { platform, adapter: withMemory(platform), written: new Map(), mark };
}

/** @throws ConnectionProblem sealed when this installation cannot read its keys */
export async function readConnection(row: {
  readonly kind: string;
  readonly address: string;
  readonly credentials: string;
  readonly settings: unknown;
}): Promise<Connection> {
  const kind = liveKinds.find((known) => known === row.kind);
  if (kind === undefined) throw new AppError("internal", `unknown connection ${row.kind}`);
  const sealed = await unseal(row.credentials).catch((cause: unknown) => {
    throw new ConnectionProblem("sealed", "the stored keys cannot be read", { cause });
  });
  return {
    kind,
    address: row.address,
    credentials: JSON.parse(sealed),
    settings: connectionSettings.parse(row.settings),
  };
}
