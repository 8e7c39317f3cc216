import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = { resolve: { alias: { "@": root } } };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: [
            "lib/**/*.test.{ts,tsx}",
            "app/**/*.test.{ts,tsx}",
            "tests/{contract,hostile}/**/*.test.ts",
          ],
          exclude: ["**/*.browser.test.{ts,tsx}"],
          setupFiles: ["tests/support/unexpected-errors.ts"],
          globalSetup: ["tests/support/postgres-run.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // What is waited for comes in milliseconds, but not on a machine that does everything else besides.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        ...shared,
        test: {
          name: "browser",
          include: ["lib/**/*.browser.test.{ts,tsx}", "tests/{panel,mirror}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        ...shared,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000 } },
          // One built server and one browser are shared by all files.
          fileParallelism: false,
        },
      },
    ],
  },
});
