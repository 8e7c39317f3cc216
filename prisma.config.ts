import { defineConfig } from "prisma/config";

// Prisma reads this only for its command line; the running server gets its address from lib/runtime/env.
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost/vetrina" },
});
