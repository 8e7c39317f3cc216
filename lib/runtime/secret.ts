import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** 256 bits, as HMAC-SHA-256 can use. */
const SECRET_BYTES = 32;

/** The installation's signing secret: made at the first start, kept in the data folder for its owner's eyes only. */
export function loadSecret(dataDir: string): string {
  const path = join(dataDir, "secret");
  const kept = readSecret(path);
  if (kept !== null) return kept;
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, randomBytes(SECRET_BYTES).toString("base64url"), { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    // A link fails when the name is taken: of two processes at once both use the first one's secret.
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secret = readSecret(path);
  if (secret === null) throw new Error(`${path} is empty`);
  return secret;
}

function readSecret(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
