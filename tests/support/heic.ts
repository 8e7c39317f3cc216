/** HEIC pictures, which sharp's packages cannot write: Debian's encoder makes them, as it makes them of a phone's photo. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** @param jpeg what its Exif says is taken along */
export async function makeHeic(jpeg: Uint8Array): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "vetrina-heic-"));
  try {
    const [from, to] = [join(folder, "photo.jpg"), join(folder, "photo.heic")];
    await writeFile(from, jpeg);
    await run("/usr/bin/heif-enc", ["-q", "80", "-o", to, from]);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true });
  }
}
