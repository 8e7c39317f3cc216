#!/usr/bin/env node
/** Starts the linter from any folder: TypeScript is read by tsx, found beside us and not in the shop's own project. */
import { register } from "tsx/esm/api";

register();
await import("./mask-lint-cli.ts");
