/** Debian's clamd on a port and with signatures of our own: what it finds does not depend on any day's database. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "./postgres";

/** A clamd that needs longer to answer than this, milliseconds, is broken. */
const START_MS = 60_000;
const POLL_MS = 50;
/** Bytes of a stream that this clamd takes: few, so that tests can send more. */
const MAX_STREAM_BYTES = 5_000_000;

/** Found anywhere in a file; hexadecimal in the signature, so that no scanner takes this file for one. */
export const MALWARE = "vetrina-test-malware-4711";

export interface ClamdServer {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startClamd(): Promise<ClamdServer> {
  const folder = mkdtempSync(join(tmpdir(), "vetrina-clamd-"));
  const port = await freePort();
  const hex = Buffer.from(MALWARE, "latin1").toString("hex");
  writeFileSync(join(folder, "test.ndb"), `Vetrina.Test:0:*:${hex}\n`);
  // A whole file by its hash, size and name.
  const whole = wholeMalware();
  const md5 = createHash("md5").update(whole).digest("hex");
  writeFileSync(join(folder, "test.hdb"), `${md5}:${whole.byteLength}:Vetrina.Test.Whole\n`);
  const settings = [
    `DatabaseDirectory ${folder}`,
    `TemporaryDirectory ${folder}`,
    `TCPSocket ${port}`,
    "TCPAddr 127.0.0.1",
    "Foreground yes",
    `User ${userInfo().username}`,
    `StreamMaxLength ${MAX_STREAM_BYTES}`,
  ];
  const config = join(folder, "clamd.conf");
  writeFileSync(config, `${settings.join("\n")}\n`);
  // A test worker may be killed without a word; a shell that reads from us notices, and ends the server.
  const guard = '"$@" & cat; kill -KILL $!; wait';
  const shell = spawn("sh", ["-c", guard, "sh", "/usr/sbin/clamd", `--config-file=${config}`], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  await untilAnswers(port, shell);
  return {
    host: "127.0.0.1",
    port,
    async close() {
      const ended = once(shell, "exit");
      shell.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the second signature knows. */
export const wholeMalware = () => Buffer.from("a file that is bad as a whole ".repeat(40), "latin1");

async function untilAnswers(port: number, shell: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS;
  while (!(await answers(port))) {
    if (Date.now() > end || shell.exitCode !== null) throw new Error("clamd does not answer");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => socket.write("zPING\0"));
    socket.on("data", (bytes) => finish(bytes.toString().startsWith("PONG")));
    socket.on("error", () => finish(false));
  });
}
