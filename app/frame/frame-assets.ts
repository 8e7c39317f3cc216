/** The frame's built script and styles (lib/ui/frame/build.mjs). */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.object({
  script: z.string(),
  modules: z.array(z.string()),
  styles: z.array(z.string()),
});
export type FrameAssets = z.infer<typeof manifestSchema>;

let built: Promise<FrameAssets> | undefined;

async function readManifest(): Promise<FrameAssets> {
  // The server always runs in the project's folder (lib/runtime/launch).
  const file = join(/* turbopackIgnore: true */ process.cwd(), "public", "frame-assets", "manifest.json");
  return manifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
}

/** Read once; in development at each request, because the files change under it. */
export function frameAssets(): Promise<FrameAssets> {
  if (process.env.NODE_ENV === "development") return readManifest();
  built ??= readManifest().catch((error: unknown) => {
    // A read that failed once may succeed at the next request.
    built = undefined;
    throw error;
  });
  return built;
}
