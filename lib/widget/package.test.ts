/** The package as a shop would install it: packed, unpacked by npm, compiled against and bundled. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildPackage } from "./build-package.mjs";

const folder = mkdtempSync(join(tmpdir(), "vetrina-package-"));
const compiler = resolve("node_modules/typescript/bin/tsc");

beforeAll(async () => {
  await buildPackage(join(folder, "vetrina-shop.tgz"));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "./vetrina-shop.tgz"], {
    cwd: folder,
    stdio: "ignore",
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of a shop's program; empty when all is well. */
function compile(program: string): string {
  writeFileSync(join(folder, "shop.ts"), program);
  try {
    execFileSync(
      process.execPath,
      [
        compiler,
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
        "shop.ts",
      ],
      { cwd: folder, encoding: "utf8" },
    );
    return "";
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

const start = 'import { loadVetrina, vetrina } from "vetrina-shop";\n';

it("[WI18] holds nothing but what a shop needs", () => {
  const installed = join(folder, "node_modules/vetrina-shop");
  expect(existsSync(join(installed, "index.js"))).toBe(true);
  expect(readFileSync(join(installed, "index.js"), "utf8").length).toBeLessThan(3_000);
  const { dependencies = {}, scripts = {} } = JSON.parse(
    readFileSync(join(installed, "package.json"), "utf8"),
  );
  expect([dependencies, scripts]).toEqual([{}, {}]);
});

it("[WI18] every call of the guide compiles, in strict TypeScript", () => {
  const program = `${start}
loadVetrina({ host: "https://vetrina.example", shop: "vt_key", consent: "none", position: "left", nonce: "abc" });
vetrina("product", { id: "BAG-1", title: "Saddle bag" });
vetrina("cart", { currency: "EUR", lines: [{ id: "BAG-1-RED", quantity: 1, price: 249 }] });
vetrina("order", { id: "1001", currency: "EUR", total: 249, lines: [] });
vetrina("identify", { token: "signed" });
vetrina("logout");
vetrina("consent", "full");
vetrina("open", { product: "BAG-1" });
vetrina("open");
vetrina("on", "add-to-cart", async ({ id, quantity }) => id !== "" && quantity > 0);
vetrina("on", "close", () => undefined);
`;
  expect(compile(program)).toBe("");
});

it("[WI18] a call that makes no sense does not compile", () => {
  const wrong = [
    'vetrina("ordr", {});',
    'vetrina("consent", "maybe");',
    'vetrina("cart", { currency: "EUR" });',
    'loadVetrina({ host: "https://vetrina.example" });',
  ];
  const said = compile(start + wrong.join("\n"));
  // Each in its own line, below the import.
  for (const [index, call] of wrong.entries()) expect(said, call).toContain(`shop.ts(${index + 2},`);
});
