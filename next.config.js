/** @type {import("next").NextConfig} */
const config = {
  // Tests and a second local server build beside each other; everybody else uses the default folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
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
  ],
  // Pages show pictures through our own media routes, which are already sized.
  images: { unoptimized: true },
  devIndicators: false,
};

export default config;
