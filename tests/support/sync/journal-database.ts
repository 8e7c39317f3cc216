import { connect, provideDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openEmbedded } from "@/lib/db/open-embedded";

/** The embedded database alone, as an installation without DATABASE_URL has it. */
export async function openJournalDatabase(folder: string) {
  const embedded = await openEmbedded(folder, (reason) => {
    throw new Error(reason);
  });
  await migrate(embedded.url);
  const client = connect(embedded.url);
  provideDb(client.db);
  return {
    db: client.db,
    async close() {
      await client.close();
      await embedded.close();
    },
  };
}
