import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runSql } from "./run-sql";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase("postgres");
}, 180_000);
afterAll(() => database.close());

it("[IN119] a report that takes too long is ended and says so; the connection goes on as it was", async () => {
  await expect(runSql("SELECT pg_sleep(600)::text", [], 50)).rejects.toMatchObject({
    code: "takes_too_long",
    // By this the page that stands in its place knows.
    digest: "takes_too_long",
  });
  await expect(runSql("SELECT nonsense", [])).rejects.not.toMatchObject({ code: "takes_too_long" });
  expect(await runSql("SELECT current_setting('jit') AS jit, $1::int AS n", [3], 50_000)).toEqual([
    { jit: "off", n: 3 },
  ]);
  const settings = "SELECT current_setting('statement_timeout') AS within, current_setting('jit') AS jit";
  expect(await getDb().$queryRawUnsafe(settings)).toEqual([{ within: "0", jit: "on" }]);
});
