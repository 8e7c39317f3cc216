/** Whether this server can do its work: asks the parts it stands on, each for a short moment. */
import { getDb } from "@/lib/db/client";
import { getMediaStore } from "@/lib/media/store";
import { getConfig } from "@/lib/protocol/config-slot";
import type { CheckResult, Health } from "@/lib/protocol/health-slot";

/** A part that answers later than this is not usable, milliseconds. */
const CHECK_MS = 3_000;

/** @param nodes whether we hear the other processes; null where there is one */
export async function loadHealth(nodes: boolean | null): Promise<Health> {
  const [database, store] = await Promise.all([
    check(async () => void (await getDb().$queryRaw`SELECT 1`)),
    check(async () => void (await getMediaStore().check())),
  ]);
  const line = nodes === null ? {} : { nodes: nodes ? ("ok" as const) : ("failed" as const) };
  const status = database === "ok" && store === "ok" ? "ok" : "failed";
  return { status, version: getConfig().version, checks: { database, store, ...line } };
}

async function check(ask: () => Promise<void>): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve("failed"), CHECK_MS);
  });
  const asked = ask().then(
    (): CheckResult => "ok",
    (): CheckResult => "failed",
  );
  const result = await Promise.race([asked, late]);
  clearTimeout(timer);
  return result;
}
