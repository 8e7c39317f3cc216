/** @type {import("next").NextConfig} */
const config = {
  // Tests and a second local server build beside each other; everybody else uses the default folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  // Next writes its folder into the TypeScript settings it builds with: another folder must not change the shared file.
  typescript: { tsconfigPath: process.env.NEXT_DIST_DIR ? ".build/tsconfig.json" : "tsconfig.json" },
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or WASM packages must be loaded from node_modules, never bundled.
  serverExternalPackages: [
    "sharp",
    "heic-decode",
    "piscina",
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pino",
    "@tus/server",
    "@tus/file-store",
    "@tus/s3-store",
    "mediabunny",
    "@hyzyla/pdfium",
    "@napi-rs/canvas",
    "pdfkit",
    // Our own server imports it too: two copies in one process would not know each other's types.
    "yjs",
  ],
  // Pages show pictures through our own media routes, which are already sized.
  images: { unoptimized: true },
  devIndicators: false,
};

export default config;
