/** Routes as their files: as OpenAPI writes their path, and what they export. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod/mini";

const root = join(import.meta.dirname, "../..");
const routeModule = z.record(z.string(), z.unknown());

export interface FoundRoute {
  /** Such as "/api/v1/conversations/{id}". */
  readonly path: string;
  readonly handlers: Readonly<Record<string, unknown>>;
}

/** @param under the API, or everything that answers requests */
export async function findRoutes(under: "app/api/v1" | "app" = "app/api/v1"): Promise<FoundRoute[]> {
  const files = readdirSync(join(root, under), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/route.ts"))
    .map((file) => `${under}/${file}`)
    .toSorted();
  return Promise.all(
    files.map(async (file) => {
      const handlers = z.parse(routeModule, { ...(await import(pathToFileURL(join(root, file)).href)) });
      const path = `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`
        .replace(/\/\(\w+\)/g, "")
        .replace(/\[(\.*\w+)\]/g, "{$1}");
      return { path, handlers };
    }),
  );
}
