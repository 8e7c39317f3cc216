/** The same database for a command-line tool, whether or not the server runs meanwhile. */
import { connect, provideDb } from "@/lib/db/client";
import { findHolder } from "@/lib/db/data-folder";
import { StartProblem } from "@/lib/db/start-problem";
import { closePicturePool } from "@/lib/media/picture-pool";
import { ffmpegSlot, findFfmpeg } from "@/lib/media/video/ffmpeg";
import { shopVideoGbSlot } from "@/lib/media/video-room";
import { type Env, readEnv } from "./env";
import { openInstallation, provideConfig, provideOutside } from "./open-installation";
import { openMediaStore } from "./open-media-store";

export interface CliDatabase {
  readonly dataDir: string;
  close(): Promise<void>;
}

/** @throws StartProblem when the data folder is locked by a server whose database does not answer */
export async function openDatabaseForCli(): Promise<CliDatabase> {
  const env = readEnv(process.env);
  ffmpegSlot.provide(await findFfmpeg(env.ffmpeg, process.env.PATH ?? ""));
  shopVideoGbSlot.provide(env.shopVideoGb);
  const holder = env.databaseUrl === null ? findHolder(env.dataDir) : null;
  if (holder?.databaseUrl) return joinServer(env, holder.databaseUrl);
  const onLost = (reason: string) => {
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  };
  const installation = await openInstallation({ env, publicUrl: publicUrlOf(env), onLost });
  return {
    dataDir: env.dataDir,
    async close() {
      await installation.close();
    },
  };
}

async function joinServer(env: Env, url: string): Promise<CliDatabase> {
  const database = connect(url);
  try {
    await database.db.$queryRaw`SELECT 1`;
  } catch (error) {
    throw new StartProblem(
      `The server on ${env.dataDir} does not let this command use its database: stop it, then try again.`,
      {
        cause: error,
      },
    );
  }
  provideDb(database.db);
  provideConfig(env, publicUrlOf(env));
  const closeOutside = provideOutside(env);
  const closeStore = await openMediaStore(env);
  return {
    dataDir: env.dataDir,
    async close() {
      await closePicturePool();
      await closeOutside();
      closeStore();
      await database.close();
    },
  };
}

function publicUrlOf(env: Env): string {
  return env.publicUrl ?? `http://127.0.0.1:${env.port}`;
}
