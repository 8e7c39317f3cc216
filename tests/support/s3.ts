/**
 * A real S3 server for tests: OpenStack Swift with its S3 API, and the memcached that it needs, from Debian's packages,
 * in a temporary folder. With S3_TEST_ENDPOINT (and S3_TEST_BUCKET, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY) the
 * tests go to that one instead.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { S3Settings } from "@/lib/media/s3-store";
import { freePort } from "./postgres";
import {
  S3_ACCESS_KEY,
  S3_REGION,
  S3_SECRET_KEY,
  type SwiftPorts,
  storageRoles,
  writeSwiftConfig,
} from "./s3-config";

/** Parts that need longer to answer than this, milliseconds, are broken. */
const START_MS = 90_000;
const POLL_MS = 100;

export interface S3Server {
  readonly settings: S3Settings;
  readonly port: number;
  stop(): Promise<void>;
}

export async function startS3(): Promise<S3Server> {
  const elsewhere = process.env.S3_TEST_ENDPOINT;
  if (elsewhere) return theirs(elsewhere);
  const folder = mkdtempSync(join(tmpdir(), "vetrina-s3-"));
  const ports: SwiftPorts = {
    proxy: await freePort(),
    object: await freePort(),
    container: await freePort(),
    account: await freePort(),
    cache: await freePort(),
  };
  const script = writeSwiftConfig(folder, ports);
  const python = ["/usr/bin/python3", "-I", script];
  await promisify(execFile)(python[0] ?? "", [...python.slice(1), "rings"]);
  const parts = [
    start(["/usr/bin/memcached", "-l", "127.0.0.1", "-p", String(ports.cache), "-m", "16", "-u", "root"]),
    ...storageRoles.map((role) => start([...python, role])),
    start([...python, "proxy"]),
  ];
  for (const port of Object.values(ports)) await untilOpen(port, parts);
  const settings = {
    bucket: "pictures",
    endpoint: `http://127.0.0.1:${ports.proxy}`,
    region: S3_REGION,
    prefix: "",
    credentials: { accessKeyId: S3_ACCESS_KEY, secretAccessKey: S3_SECRET_KEY },
    forcePathStyle: true,
    encryption: null,
    direct: false,
  } satisfies S3Settings;
  await makeBucket(settings);
  return {
    settings,
    port: ports.proxy,
    async stop() {
      await Promise.all(parts.map(end));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function theirs(endpoint: string): S3Server {
  const { S3_TEST_BUCKET = "", S3_TEST_ACCESS_KEY_ID = "", S3_TEST_SECRET_ACCESS_KEY = "" } = process.env;
  return {
    settings: {
      bucket: S3_TEST_BUCKET,
      endpoint,
      region: process.env.S3_TEST_REGION ?? S3_REGION,
      prefix: `test-${Date.now()}`,
      credentials: { accessKeyId: S3_TEST_ACCESS_KEY_ID, secretAccessKey: S3_TEST_SECRET_ACCESS_KEY },
      forcePathStyle: true,
      encryption: null,
      direct: false,
    },
    port: Number(new URL(endpoint).port),
    stop: async () => undefined,
  };
}

async function makeBucket(settings: S3Settings): Promise<void> {
  const { endpoint, region, credentials, forcePathStyle } = settings;
  if (endpoint === null || credentials === null) return;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle });
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }));
  client.destroy();
}

/** A test worker may be killed without a word; a shell that reads from us notices, and ends the part. */
function start(command: readonly string[]): ChildProcess {
  const guard = '"$@" & cat; kill -KILL $!; wait';
  return spawn("sh", ["-c", guard, "sh", ...command], { stdio: ["pipe", "ignore", "ignore"] });
}

async function end(shell: ChildProcess): Promise<void> {
  if (shell.exitCode !== null) return;
  const ended = once(shell, "exit");
  shell.stdin?.end();
  await ended;
}

async function untilOpen(port: number, parts: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!(await isOpen(port))) {
    if (parts.some(({ exitCode }) => exitCode !== null) || Date.now() > deadline) {
      await Promise.all(parts.map(end));
      throw new Error("the S3 server does not start");
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const finish = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on("connect", () => finish(true));
    socket.on("error", () => finish(false));
  });
}
