/** Measures the viewer as the desk loads it, and holds it to its size budget. Run: node lib/mirror/apply/build.mjs */
import { fileURLToPath } from "node:url";
import { bundle } from "../bundle.mjs";

/** Bytes after gzip: 12 KB, and what one zlib differs from another. */
export const VIEWER_BUDGET_BYTES = 12_400;

export const buildViewer = () => bundle(new URL("open-viewer.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bytes, gzipBytes } = await buildViewer();
  process.stdout.write(`viewer ${bytes} bytes, ${gzipBytes} gzipped (budget ${VIEWER_BUDGET_BYTES})\n`);
  if (gzipBytes > VIEWER_BUDGET_BYTES) process.exit(1);
}
