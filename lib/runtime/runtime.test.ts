import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDiskStore } from "@/lib/media/disk-store";
import { mediaStoreSlot } from "@/lib/media/store";
import { openTestDatabase, type TestDatabase } from "@/tests/support/database";
import { runFile } from "@/tests/support/server";
import { readEnv } from "./env";
import { loadHealth } from "./health";
import { isSupportedNode, nodeProblem } from "./launch/node-version.mjs";
import { openStamps } from "./launch/stamps.mjs";
import { clientAddress } from "./requests";
import { loadSecret } from "./secret";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vetrina-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("settings", () => {
  it("[RU1] defaults are the ones documented, and empty means not set", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: "" }, "/srv/vetrina")).toEqual({
      host: "127.0.0.1",
      port: 3000,
      dataDir: "/srv/vetrina/data",
      databaseUrl: null,
      redisUrl: null,
      roles: new Set(["web", "sync"]),
      publicUrl: null,
      secret: null,
      trustProxy: false,
      metricsToken: null,
      outsideAllow: "",
      s3: null,
      clamd: null,
      ffmpeg: "ffmpeg",
      eventMonths: null,
      shopVideoGb: 20,
      logLevel: "info",
    });
    expect(readEnv({ S3_BUCKET: "pictures", S3_ENDPOINT: "http://127.0.0.1:9000" }).s3).toEqual({
      bucket: "pictures",
      endpoint: "http://127.0.0.1:9000",
      region: "us-east-1",
      prefix: "",
      credentials: null,
      forcePathStyle: true,
      encryption: null,
      direct: false,
    });
    expect(readEnv({ CLAMD_HOST: "clamd.internal", FFMPEG: "off" })).toMatchObject({
      clamd: { host: "clamd.internal", port: 3310 },
      ffmpeg: "off",
    });
    expect(readEnv({ PUBLIC_URL: "https://Vetrina.example/", TRUST_PROXY: "1" })).toMatchObject({
      publicUrl: "https://vetrina.example",
      trustProxy: true,
    });
  });

  it.each([
    [{ PORT: "eighty" }, "PORT must be a port number."],
    [{ PORT: "70000" }, "PORT must be at most 65535."],
    [{ CLAMD_HOST: "clamd", CLAMD_PORT: "0" }, "CLAMD_PORT must be at least 1."],
    [{ SHOP_VIDEO_GB: "lots" }, "SHOP_VIDEO_GB must be a number of gigabytes."],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must start with postgresql://."],
    [
      { PUBLIC_URL: "vetrina.example" },
      "PUBLIC_URL must be an address such as https://vetrina.example, without a path.",
    ],
    [{ VETRINA_SECRET: "short" }, "VETRINA_SECRET must have at least 32 characters."],
    [{ TRUST_PROXY: "maybe" }, "TRUST_PROXY must be 1 or 0."],
    [
      { S3_BUCKET: "b", S3_ENDPOINT: "s3.example" },
      "S3_ENDPOINT must be an address such as https://s3.example.",
    ],
    [
      { S3_BUCKET: "b", S3_ACCESS_KEY_ID: "me" },
      "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither.",
    ],
    [{ REDIS_URL: "localhost:6379" }, "REDIS_URL must start with redis:// or rediss://."],
    [{ ROLES: "database" }, "ROLES must be web, sync, or web,sync."],
    [{ ROLES: "sync" }, "ROLES splits the work between processes: set REDIS_URL, through which they talk."],
    [
      { REDIS_URL: "redis://cache" },
      "REDIS_URL is for several processes: set DATABASE_URL, which all of them share.",
    ],
    [
      { REDIS_URL: "redis://cache", DATABASE_URL: "postgresql://db/vetrina" },
      "REDIS_URL is for several processes: set VETRINA_SECRET, which all of them share.",
    ],
    [
      { OUTSIDE_ALLOW: "10.0.0.0/8,http://shop" },
      'OUTSIDE_ALLOW must be hosts, addresses or networks: "http://shop" is no host, address or network.',
    ],
  ])("[RU1] [HT5] %j is refused in one sentence", (variables, sentence) => {
    expect(() => readEnv(variables)).toThrow(sentence);
  });

  it("[RU2] the secret stays the same, and is nobody else's to read", () => {
    const secret = loadSecret(folder);
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(loadSecret(folder)).toBe(secret);
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  });

  it("[RU8] only a trusted proxy may name the client, and only the last name counts", () => {
    const socket = new Socket();
    const request = new IncomingMessage(socket);
    request.headers["x-forwarded-for"] = "203.0.113.9, 192.0.2.4";
    expect(clientAddress(request, true)).toBe("192.0.2.4");
    expect(clientAddress(request, false)).toBe("unknown");
    socket.destroy();
  });
});

describe("starting", () => {
  it("[RU3] Node below 20.19 is refused", () => {
    expect(["20.19.0", "20.20.2", "22.0.0", "24.1.0"].map(isSupportedNode)).toEqual([true, true, true, true]);
    expect(["20.18.3", "18.20.0", "16.0.0"].map(isSupportedNode)).toEqual([false, false, false]);
    expect(nodeProblem("18.0.0")).toMatch(
      /^Vetrina needs Node 20\.19 or newer, and this is 18\.0\.0: [^.]+\.[^.]+\.$/,
    );
  });

  it("[RU3] a port in use ends the start at once", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const start = runFile("lib/runtime/start.mjs", { PORT: String(port), DATA_DIR: folder });
    expect(await start.ended).toBe(1);
    expect(start.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use: stop what runs there, or set PORT to another one.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it("[RU3] a folder that cannot be written to ends the start at once", async () => {
    writeFileSync(join(folder, "file"), "");
    const data = join(folder, "file", "data");
    const start = runFile("lib/runtime/start.mjs", { PORT: "0", DATA_DIR: data });
    expect(await start.ended).toBe(1);
    expect(start.output().trim()).toBe(
      `The data folder ${data} cannot be written to (ENOTDIR): set DATA_DIR to one that can.`,
    );
  });

  it("[RU3, ME23] a bucket that cannot be used ends the start with S3's own word for it", async () => {
    const settings = {
      PORT: "0",
      DATA_DIR: folder,
      S3_BUCKET: "pictures",
      S3_ENDPOINT: "http://127.0.0.1:1",
    };
    const keys = { S3_ACCESS_KEY_ID: "nobody", S3_SECRET_ACCESS_KEY: "nothing" };
    const start = runFile("tests/support/serve-process.ts", { ...settings, ...keys });
    expect(await start.ended).toBe(1);
    expect(start.output()).toMatch(
      /\nThe bucket pictures cannot be used \(ECONNREFUSED: .*\): check S3_BUCKET and/,
    );
  });

  it("[RU4] a step runs for new input, and not for a new test or without change", async () => {
    writeFileSync(join(folder, "a.ts"), "1");
    let runs = 0;
    const step = () =>
      openStamps(folder).unlessUnchanged("step", ["a.ts", "b.test.ts"], true, async () => {
        runs += 1;
      });
    expect(await step()).toBe("built");
    expect(await step()).toBe("unchanged");
    writeFileSync(join(folder, "b.test.ts"), "test");
    expect(await step()).toBe("unchanged");
    writeFileSync(join(folder, "a.ts"), "2");
    expect(await step()).toBe("built");
    expect(runs).toBe(2);
  });
});

describe("with a database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    mediaStoreSlot.provide(await createDiskStore(join(database.dataDir, "media")));
  });
  afterAll(() => database.close());

  it("[RU5] admin create prints a password once, and refuses the same e-mail again", async () => {
    const variables = { DATABASE_URL: database.url, DATA_DIR: database.dataDir };
    const first = runFile("lib/runtime/admin-cli.ts", variables, [
      "create",
      "Ada@Shop.example",
      "--name",
      "Ada",
    ]);
    expect(await first.ended).toBe(0);
    const password = /Password {2}(\S+)/.exec(first.output())?.[1] ?? "";
    expect(password).toMatch(/^([a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
    const member = await database.db.member.findFirstOrThrow({
      include: { user: { include: { accounts: true } } },
    });
    expect(member).toMatchObject({ role: "admin", user: { email: "ada@shop.example", name: "Ada" } });
    expect(member.user.accounts[0]?.password).not.toContain(password);
    const again = runFile("lib/runtime/admin-cli.ts", variables, ["create", "ada@shop.example"]);
    expect(await again.ended).toBe(1);
    expect(again.output().trim()).toBe("somebody has this e-mail already");
    const wrong = runFile("lib/runtime/admin-cli.ts", variables, ["create", "nobody"]);
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain("Usage: npm run admin");
  });

  it("[RU6] health tells which part does not work", async () => {
    expect(await loadHealth(null)).toEqual({
      status: "ok",
      version: "0.0.0-test",
      checks: { database: "ok", store: "ok" },
    });
    // Without a line to the others a process goes on by itself: no reason to take it out of service.
    expect(await loadHealth(false)).toMatchObject({ status: "ok", checks: { nodes: "failed" } });
    rmSync(join(database.dataDir, "media"), { recursive: true });
    writeFileSync(join(database.dataDir, "media"), "not a folder");
    expect(await loadHealth(null)).toMatchObject({
      status: "failed",
      checks: { database: "ok", store: "failed" },
    });
    await database.db.$executeRawUnsafe("SELECT 1");
    expect(readFileSync(join(database.dataDir, "media"), "utf8")).toBe("not a folder");
  });
});
