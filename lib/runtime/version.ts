import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findProjectRoot } from "@/lib/db/project-root";

const packageSchema = z.object({ version: z.string() });

export function readVersion(): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(findProjectRoot(), "package.json"), "utf8")))
    .version;
}
