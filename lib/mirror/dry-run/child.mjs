/** The process in which a dry run opens a stranger's page: TypeScript is read by tsx, as everywhere on the command line. */
import { register } from "tsx/esm/api";

register();
await import("./dry-run-child.ts");
