/** An installation's lasting parts: data folder, signing secret, database brought up to date, picture store. */
import { join } from "node:path";
import { connect, provideDb } from "@/lib/db/client";
import { type LockedDataFolder, lockDataFolder, prepareDataFolder } from "@/lib/db/data-folder";
import { migrate } from "@/lib/db/migrate";
import { openEmbedded } from "@/lib/db/open-embedded";
import { closeExportPool } from "@/lib/export/export-pool";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { openOutside, outsideSlot } from "@/lib/http/outside/outside";
import { closePicturePool } from "@/lib/media/picture-pool";
import { configSlot } from "@/lib/protocol/config-slot";
import type { Env } from "./env";
import { openMediaStore } from "./open-media-store";
import { loadSecret } from "./secret";
import { readVersion } from "./version";

export interface Installation {
  readonly embedded: boolean;
  close(): Promise<void>;
}

export interface InstallationOptions {
  readonly env: Env;
  /** Our origin; known once the port is. */
  readonly publicUrl: string;
  /** The database or the data folder was lost while running: stop now. */
  readonly onLost: (reason: string) => void;
}

/** Opens in order, and closes what is open already when a later part fails. @throws StartProblem */
export async function openInstallation({
  env,
  publicUrl,
  onLost,
}: InstallationOptions): Promise<Installation> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    let folder: LockedDataFolder | null = null;
    if (env.databaseUrl === null) {
      folder = await lockDataFolder(env.dataDir, () => onLost("another process took over the data folder"));
      closers.push(folder.release);
    } else {
      prepareDataFolder(env.dataDir);
    }
    const embedded = folder && (await openEmbedded(join(env.dataDir, "postgres"), onLost));
    if (embedded) closers.push(embedded.close);
    const url = env.databaseUrl ?? embedded?.url ?? "";
    await migrate(url);
    const database = connect(url);
    closers.push(database.close);
    provideDb(database.db);
    provideConfig(env, publicUrl);
    closers.push(provideOutside(env));
    const closeStore = await openMediaStore(env);
    closers.push(async () => closeStore());
    closers.push(closePicturePool);
    closers.push(closeExportPool);
    if (folder && embedded) folder.publish(url, embedded.pid);
    return { embedded: env.databaseUrl === null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connections to the outside. @returns what ends them */
export function provideOutside({ outsideAllow }: Env): () => Promise<void> {
  const outside = openOutside(readAllowedPlaces(outsideAllow));
  outsideSlot.provide(outside);
  return outside.close;
}

export function provideConfig(env: Env, publicUrl: string): void {
  configSlot.provide({
    publicUrl,
    dataDir: env.dataDir,
    secret: env.secret ?? loadSecret(env.dataDir),
    version: readVersion(),
    embedded: env.databaseUrl === null,
  });
}
