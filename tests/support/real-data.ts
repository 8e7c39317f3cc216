import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { it } from "vitest";

/** Real photographs and feeds lie beside the project, never in it: see tests/README.md. */
const folder =
  process.env.VETRINA_TEST_DATA ?? fileURLToPath(new URL("../../../shared/data/", import.meta.url));

const hasRealData = existsSync(folder);

/** `it`, skipped (and counted as skipped) where the folder of real files is missing. */
export const itWithRealData = it.skipIf(!hasRealData);

/** @param name such as "photos/orientation_1.jpg" */
export function realFilePath(name: string): string {
  return `${folder.replace(/\/$/, "")}/${name}`;
}

export function readRealFile(name: string): Promise<Buffer> {
  return readFile(realFilePath(name));
}
