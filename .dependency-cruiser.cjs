/**
 * Module borders (docs/architecture.md, "Who may import whom"). Type-only imports are free: they vanish when built.
 * tests/checks/borders.mjs runs this and fails when fewer modules were seen than exist.
 */
/** Tests and build scripts are no part of what they test and build. */
const source = { pathNot: "\\.(test|browser\\.test)\\.tsx?$|/build\\.mjs$" };

/** Each module of lib and the modules it may import, besides itself. */
const mayImport = {
  protocol: [],
  http: ["protocol"],
  panel: ["protocol"],
  media: ["protocol", "db", "auth"],
  auth: ["protocol", "db"],
  db: ["protocol"],
  "sync/client": ["protocol"],
  sockets: ["protocol"],
  "sync/server": ["protocol", "panel", "sockets"],
  "sync/nodes": ["protocol"],
  conversations: ["auth", "media", "db", "protocol", "panel"],
  visitors: ["auth", "media", "db", "protocol"],
  catalogue: ["auth", "media", "db", "http", "protocol"],
  shops: ["auth", "media", "db", "http", "protocol", "mirror/dry-run", "mirror/masking", "mirror/rules"],
  api: ["http", "protocol"],
  webhooks: ["auth", "db", "http", "protocol"],
  insights: ["auth", "media", "db", "panel", "protocol"],
  export: ["db", "media", "panel", "protocol"],
  ui: [
    "panel",
    "sync/client",
    "insights/heat/map",
    "insights/replay/film",
    "mirror/apply",
    "mirror/freeze",
    "mirror/ink",
    "mirror/line",
    "mirror/wire",
    "protocol",
  ],
  "mirror/masking": [],
  "mirror/capture": ["mirror/masking", "mirror/wire"],
  "mirror/apply": ["mirror/wire"],
  "mirror/freeze": ["mirror/apply"],
  "mirror/control": ["mirror/masking", "protocol"],
  "mirror/ink": ["protocol"],
  "mirror/page": [
    "mirror/capture",
    "mirror/control",
    "mirror/ink",
    "mirror/masking",
    "mirror/wire",
    "protocol",
  ],
  "mirror/consent": ["protocol"],
  "mirror/rules": ["mirror/masking", "protocol"],
  "mirror/relay": ["mirror/consent", "mirror/wire", "protocol", "sockets"],
  "mirror/line": ["protocol"],
  "mirror/wire": ["protocol"],
  "mirror/lint": ["mirror/masking"],
  "mirror/dry-run": ["http", "mirror/lint", "mirror/masking", "protocol"],
  widget: ["protocol", "mirror/masking"],
  runtime: [
    "protocol",
    "http",
    "panel",
    "media",
    "auth",
    "db",
    "sync/server",
    "sync/nodes",
    "mirror/dry-run",
    "mirror/relay",
    "conversations",
    "visitors",
    "catalogue",
    "shops",
    "insights",
    "webhooks",
    "export",
  ],
};

/** The named ports between modules that otherwise do not know each other: exactly these files. */
const namedPorts = {
  conversations: [
    "lib/insights/record",
    "lib/catalogue/adapters/cart-address",
    "lib/catalogue/adapters/customer-orders",
    "lib/catalogue/catalogue-view",
    "lib/catalogue/check-line",
    "lib/catalogue/find-product",
    "lib/catalogue/find-variant",
    "lib/catalogue/product-card",
    "lib/catalogue/storefronts/resolve-storefront",
  ],
  insights: ["lib/catalogue/resolve-external", "lib/webhooks/outbox"],
  api: ["lib/shops/api-keys"],
  export: ["lib/conversations/panel-journal", "lib/conversations/view-of", "lib/catalogue/find-product"],
  visitors: ["lib/shops/find-shop", "lib/insights/record", "lib/insights/rollups/count-visits"],
  catalogue: [],
  shops: [],
};

const borders = Object.entries(mayImport).map(([module, allowed]) => ({
  name: `border-${module.replace("/", "-")}`,
  comment: `lib/${module} may import: ${allowed.join(", ") || "nothing of lib"}`,
  severity: "error",
  from: { ...source, path: `^lib/${module}/` },
  to: {
    path: "^(lib|app)/",
    pathNot: [
      `^lib/${module}/`,
      ...allowed.map((name) => `^lib/${name}/`),
      ...(namedPorts[module] ?? []).map((file) => `^${file}\\.tsx?$`),
    ],
    dependencyTypesNot: ["type-only"],
  },
}));

module.exports = {
  forbidden: [
    ...borders,
    {
      name: "app-stays-thin",
      comment:
        "Routes compose modules; they never reach the database, the sync server, the loader or start-up code.",
      severity: "error",
      from: { ...source, path: "^app/" },
      to: { path: "^lib/(db|sync/server|widget|runtime)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-db-knows-prisma",
      severity: "error",
      from: { ...source, path: "^(app|lib)/", pathNot: "^lib/db/" },
      to: { path: "(^lib/db/generated/|node_modules/@prisma/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "browser-code-stays-in-the-browser",
      comment: "Not even through others.",
      severity: "error",
      from: {
        ...source,
        path: "^lib/(panel|sync/client|ui/(panel|chat|frame|companion|desk|room|controls|insights/replay)|insights/replay/film|widget/)",
        pathNot: ["\\.test\\.", "\\.mjs$", "/frame/accent"],
      },
      to: { path: "^lib/(db|auth|media)/", reachable: true },
    },
    {
      name: "masking-runs-in-any-browser",
      comment: "It is part of what a shop's page loads: no package, nothing of Node.",
      severity: "error",
      from: { path: "^lib/mirror/masking/", pathNot: "\\.(test|fixture|page)\\.|\\.browser\\.test\\." },
      to: { pathNot: "^lib/mirror/masking/" },
    },
    {
      name: "capture-runs-in-any-browser",
      comment: "A shop's page loads it: no package, nothing of Node.",
      severity: "error",
      from: {
        path: "^lib/mirror/capture/",
        pathNot: "\\.(test|fixture|page)\\.|\\.browser\\.test\\.|\\.mjs$",
      },
      to: { pathNot: "^lib/mirror/(capture|masking|wire)/" },
    },
    {
      name: "sockets-know-no-framework",
      severity: "error",
      from: { ...source, path: "^lib/(sync/server|mirror/relay|sockets)/" },
      to: { path: "node_modules/(next|react|react-dom|@prisma|pg)/" },
    },
    {
      name: "export-thread-knows-no-server",
      comment: "It is bundled on its own: no database, no store, no framework; not even through others.",
      severity: "error",
      from: { ...source, path: "^lib/export/worker/" },
      to: {
        path: "(^lib/(db|auth|media|conversations|catalogue)/|node_modules/(next|react)/)",
        reachable: true,
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "lib/db/generated"] },
    exclude: { path: ["^\\.next", "^public/", "^\\.build"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
