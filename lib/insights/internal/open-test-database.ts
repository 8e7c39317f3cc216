import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, provideDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openEmbedded } from "@/lib/db/open-embedded";

export async function openTestDatabase(kind: "postgres" | "pglite") {
  if (kind === "postgres") {
    const client = connect("postgresql://postgres@127.0.0.1:54991/postgres");
    provideDb(client.db);
    return client;
  }
  const folder = mkdtempSync(join(tmpdir(), "vt-ins-"));
  const embedded = await openEmbedded(join(folder, "db"), () => {});
  await migrate(embedded.url);
  const client = connect(embedded.url);
  provideDb(client.db);
  return {
    async close() {
      await client.close();
      await embedded.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
