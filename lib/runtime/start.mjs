/**
 * npm start and npm run dev: everything between a fresh clone and a running server. Plain JavaScript without packages,
 * because it runs before any is installed. Each step runs only when what it reads has changed.
 */
import { isSupportedNode, nodeProblem } from "./launch/node-version.mjs";

if (!isSupportedNode(process.versions.node)) {
  process.stderr.write(`${nodeProblem(process.versions.node)}\n`);
  process.exit(1);
}
const { launch } = await import("./launch/launch.mjs");
await launch({ dev: process.argv.includes("--dev") });
