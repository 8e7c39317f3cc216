/** The live connection of a shop: opened once a process, and again when it changes. */
import { unseal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { processSlot } from "@/lib/protocol/process-slot";
import { ConnectionProblem } from "./connection-problem";
import { type Connection, createPlatform } from "./create-platform";
import { connectionSettings } from "./credentials";
import { liveKinds } from "./kinds";
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

const slot = processSlot<Map<ShopId, Entry>>("shop connections");

/** Null for a shop without a live connection. @throws ConnectionProblem sealed */
export async function findLive(shopId: ShopId): Promise<OpenConnection | null> {
  const row = await getDb().shopConnection.findUnique({ where: { shopId } });
  if (row === null) {
    slot.find()?.delete(shopId);
    return null;
  }
  const open = slot.find() ?? new Map<ShopId, Entry>();
  slot.provide(open);
  const mark = JSON.stringify([row.kind, row.address, row.credentials, row.settings]);
  const known = open.get(shopId);
  const entry = known?.mark === mark ? known : createEntry(await readConnection(row), mark);
  open.delete(shopId);
  open.set(shopId, entry);
  for (const oldest of open.keys()) {
    if (open.size <= MAX_OPEN) break;
    open.delete(oldest);
  }
  return { ...entry, lastError: row.lastError };
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
