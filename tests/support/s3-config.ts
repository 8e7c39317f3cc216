/** How Debian's OpenStack Swift has to be set up to be an S3 server of one process a part, on loopback, without root. */
import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

export const S3_REGION = "us-east-1";
/** Swift's built-in users: an access key is account:user. */
export const S3_ACCESS_KEY = "test:tester";
export const S3_SECRET_KEY = "testing";

/** Started in this order. */
export const storageRoles = ["object", "container", "account"] as const;
type SwiftRole = (typeof storageRoles)[number] | "proxy";
export type SwiftPorts = Readonly<Record<SwiftRole | "cache", number>>;

/** What stands between a request and the part itself. */
const proxyPipeline = [
  "catch_errors",
  "gatekeeper",
  "healthcheck",
  "cache",
  "s3api",
  "tempauth",
  "bulk",
  "slo",
  "proxy-server",
];

/** Writes everything below `folder`; answers the script that starts a part: `SCRIPT ROLE`, or `SCRIPT rings` once before. */
export function writeSwiftConfig(folder: string, ports: SwiftPorts): string {
  for (const name of ["conf", "data/disk"]) mkdirSync(join(folder, name), { recursive: true });
  const conf = join(folder, "conf");
  writeFileSync(join(conf, "swift.conf"), ini({ "swift-hash": { swift_hash_path_suffix: "tests" } }));
  for (const role of [...storageRoles, "proxy" as const]) {
    writeFileSync(join(conf, `${role}.conf`), ini(sectionsOf(role, folder, ports)));
  }
  const script = join(conf, "part.py");
  writeFileSync(script, partScript(conf, ports));
  return script;
}

type Sections = Record<string, Record<string, string | number>>;

function sectionsOf(role: SwiftRole, folder: string, ports: SwiftPorts): Sections {
  const pipeline = role === "proxy" ? proxyPipeline : ["healthcheck", `${role}-server`];
  const filters = pipeline
    .slice(0, -1)
    .map((name): [string, Record<string, string>] => [
      `filter:${name}`,
      { use: `egg:swift#${name === "cache" ? "memcache" : name}`, ...filterSettings(name, ports) },
    ]);
  return {
    DEFAULT: {
      bind_ip: "127.0.0.1",
      bind_port: ports[role],
      // The part itself, without children: its process is all of it.
      workers: 0,
      user: userInfo().username,
      swift_dir: join(folder, "conf"),
      devices: join(folder, "data"),
      mount_check: "false",
      fallocate_reserve: 0,
      log_level: "WARNING",
      // A busy machine: an update of a listing that is given up is a key that no listing shows.
      container_update_timeout: 30,
    },
    "pipeline:main": { pipeline: pipeline.join(" ") },
    [`app:${role}-server`]: {
      use: `egg:swift#${role}`,
      account_autocreate: "true",
      conn_timeout: 5,
      node_timeout: 60,
      recoverable_node_timeout: 60,
    },
    ...Object.fromEntries(filters),
  };
}

function filterSettings(name: string, ports: SwiftPorts): Record<string, string> {
  if (name === "cache") return { memcache_servers: `127.0.0.1:${ports.cache}` };
  if (name === "s3api") return { location: S3_REGION };
  if (name === "tempauth") return { [`user_${S3_ACCESS_KEY.replace(":", "_")}`]: `${S3_SECRET_KEY} .admin` };
  return {};
}

function ini(sections: Sections): string {
  return Object.entries(sections)
    .map(([name, entries]) => {
      const lines = Object.entries(entries).map(([key, value]) => `${key} = ${value}`);
      return [`[${name}]`, ...lines, ""].join("\n");
    })
    .join("\n");
}

/** Swift reads /etc/swift unless told otherwise before it loads the rest of itself. */
function partScript(conf: string, ports: SwiftPorts): string {
  const rings = storageRoles.map((role) => `    (${JSON.stringify(role)}, ${ports[role]}),`).join("\n");
  return `import sys
from swift.common import utils
utils.set_swift_dir(${JSON.stringify(conf)})
from swift.common import constraints
constraints.reload_constraints()

def rings():
    from swift.common.ring import RingBuilder
    for kind, port in (
${rings}
    ):
        ring = RingBuilder(part_power=3, replicas=1, min_part_hours=0)
        ring.add_dev(dict(region=1, zone=1, ip="127.0.0.1", port=port, device="disk", weight=1))
        ring.rebalance()
        ring.get_ring().save(${JSON.stringify(conf)} + "/" + kind + ".ring.gz")

def serve(role):
    from swift.common.wsgi import run_wsgi
    return run_wsgi(${JSON.stringify(conf)} + "/" + role + ".conf", role + "-server", verbose=False)

sys.exit(rings() if sys.argv[1] == "rings" else serve(sys.argv[1]))
`;
}
