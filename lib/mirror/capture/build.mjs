/** Measures the capture alone, without bar and control. Run: node lib/mirror/capture/build.mjs */
import { bundle } from "../bundle.mjs";

const { bytes, gzipBytes } = await bundle(new URL("open-capture.ts", import.meta.url));
process.stdout.write(`capture ${bytes} bytes, ${gzipBytes} gzipped\n`);
