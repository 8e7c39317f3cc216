/** The frame's built script and styles (lib/ui/frame/build.mjs). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const assetsSchema = z.object({
  script: z.string(),
  modules: z.array(z.string()),
  styles: z.array(z.string()),
});
const manifestSchema = z.object({ frame: assetsSchema, companion: assetsSchema });
export type FrameAssets = z.infer<typeof assetsSchema>;

let built: Promise<z.infer<typeof manifestSchema>> | undefined;

async function readManifest(): Promise<z.infer<typeof manifestSchema>> {
  // The server always runs in the project's folder (lib/runtime/launch).
  const file = join(/* turbopackIgnore: true */ process.cwd(), "public", "frame-assets", "manifest.json");
  return manifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

/** Read once; in development at each request, because the files change under it. */
export async function frameAssets(page: "frame" | "companion"): Promise<FrameAssets> {
  if (process.env.NODE_ENV === "development") return (await readManifest())[page];
  built ??= readManifest().catch((error: unknown) => {
    // A read that failed once may succeed at the next request.
    built = undefined;
    throw error;
  });
  return (await built)[page];
}
