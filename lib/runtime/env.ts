/** The process's settings, read once from the environment. Every mistake is one sentence that says what to set. */
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { StartProblem } from "@/lib/db/start-problem";
import { readAllowedPlaces } from "@/lib/http/outside/allowed-places";
import { SHOP_VIDEO_GB } from "@/lib/media/media-limits";
import type { S3Settings } from "@/lib/media/s3-store";
import type { ClamdSettings } from "@/lib/media/scan-upload";

/** Shorter secrets can be guessed. */
const MIN_SECRET_CHARS = 32;
const MIN_METRICS_TOKEN_CHARS = 16;

const flag = z
  .enum(["0", "1", "true", "false"], "must be 1 or 0")
  .transform((value) => value === "1" || value === "true");

const text = z.string().min(1);
/** Of the bucket in which pictures are kept; without S3_BUCKET none of the others means anything. */
const s3Schema = {
  S3_BUCKET: text.optional(),
  S3_ENDPOINT: text.refine(isHttpAddress, "must be an address such as https://s3.example").optional(),
  S3_REGION: text.default("us-east-1"),
  S3_PREFIX: text.regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be like shops/vetrina").optional(),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  S3_FORCE_PATH_STYLE: flag.optional(),
  S3_DIRECT: flag.default(false),
  S3_ENCRYPTION: z.enum(["AES256", "aws:kms"], "must be AES256 or aws:kms").optional(),
};

const roles = ["web", "sync"] as const;
/** What a process does: pages and the API, live rooms, or both. */
export type Role = (typeof roles)[number];

const schema = z.object({
  /** Address to listen on. */
  HOST: z.string().min(1, "must be an address to listen on").default("127.0.0.1"),
  /** 0 takes any free port. */
  PORT: z.coerce
    .number("must be a port number")
    .int("must be a whole number")
    .min(0)
    .max(65_535, "must be at most 65535")
    .default(3000),
  DATA_DIR: z.string().min(1, "must be a folder").default("./data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
    .optional(),
  /** Carries live rooms between several processes. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must start with redis:// or rediss://")
    .optional(),
  ROLES: z
    .string()
    .default("web,sync")
    .transform((value) => value.split(",").map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, "must be web, sync, or web,sync")).min(1)),
  /** Our own origin as browsers see it; needed behind a proxy. */
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, "must be an address such as https://vetrina.example, without a path")
    .transform((value) => new URL(value).origin)
    .optional(),
  VETRINA_SECRET: z
    .string()
    .min(MIN_SECRET_CHARS, `must have at least ${MIN_SECRET_CHARS} characters`)
    .optional(),
  /** The last address in X-Forwarded-For is the client's: only behind a proxy that sets it. */
  TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
  /** Who may read /metrics from elsewhere; without it only this machine may. */
  METRICS_TOKEN: z
    .string()
    .min(MIN_METRICS_TOKEN_CHARS, `must have at least ${MIN_METRICS_TOKEN_CHARS} characters`)
    .optional(),
  /** What of a private network may be asked for feeds, pictures and shops' systems. */
  OUTSIDE_ALLOW: z.string().default("").superRefine(requireAllowedPlaces),
  /** Scans what is uploaded. */
  CLAMD_HOST: text.optional(),
  CLAMD_PORT: z.coerce
    .number("must be a port number")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(65_535, "must be at most 65535")
    .default(3310),
  /** Whole months of events that are kept besides this one. */
  EVENT_MONTHS: z.coerce
    .number("must be a number of months")
    .int("must be a whole number of months")
    .min(1, "must be at least 1")
    .optional(),
  /** A program's name or place, or off. */
  FFMPEG: text.default("ffmpeg"),
  /** What videos of one shop's catalogue may take in all. */
  SHOP_VIDEO_GB: z.coerce
    .number("must be a number of gigabytes")
    .min(0, "must be at least 0")
    .default(SHOP_VIDEO_GB),
  ...s3Schema,
  NEXT_DIST_DIR: z.string().min(1).default(".next"),
});

export interface Env {
  readonly host: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  readonly roles: ReadonlySet<Role>;
  readonly publicUrl: string | null;
  readonly secret: string | null;
  readonly trustProxy: boolean;
  readonly metricsToken: string | null;
  /** Null: pictures are kept in the data folder. */
  readonly s3: S3Settings | null;
  /** What readAllowedPlaces of lib/http/outside reads. */
  readonly outsideAllow: string;
  /** Null: uploads are not scanned. */
  readonly clamd: ClamdSettings | null;
  /** A name to be found on the path, an absolute path, or "off". */
  readonly ffmpeg: string;
  /** Null: all events are kept. */
  readonly eventMonths: number | null;
  readonly shopVideoGb: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** @throws StartProblem naming the first wrong variable */
export function readEnv(variables: Readonly<Record<string, string | undefined>>, cwd = process.cwd()): Env {
  // An empty variable is one that was not set: that is how compose files and .env files leave things out.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StartProblem(`${String(issue?.path[0])} ${issue?.message}.`);
  }
  const {
    HOST,
    PORT,
    DATA_DIR,
    DATABASE_URL,
    REDIS_URL,
    ROLES,
    PUBLIC_URL,
    VETRINA_SECRET,
    TRUST_PROXY,
    METRICS_TOKEN,
    OUTSIDE_ALLOW,
    CLAMD_HOST,
    CLAMD_PORT,
    FFMPEG,
    EVENT_MONTHS,
    LOG_LEVEL,
    SHOP_VIDEO_GB: shopVideoGb,
  } = parsed.data;
  const roleSet = new Set(ROLES);
  requireShared(given, roleSet);
  return {
    host: HOST,
    port: PORT,
    dataDir: isAbsolute(DATA_DIR) ? DATA_DIR : resolve(cwd, DATA_DIR),
    databaseUrl: DATABASE_URL ?? null,
    redisUrl: REDIS_URL ?? null,
    roles: roleSet,
    publicUrl: PUBLIC_URL ?? null,
    secret: VETRINA_SECRET ?? null,
    trustProxy: TRUST_PROXY,
    metricsToken: METRICS_TOKEN ?? null,
    s3: readS3(parsed.data),
    outsideAllow: OUTSIDE_ALLOW,
    clamd: CLAMD_HOST === undefined ? null : { host: CLAMD_HOST, port: CLAMD_PORT },
    ffmpeg: FFMPEG,
    eventMonths: EVENT_MONTHS ?? null,
    shopVideoGb,
    logLevel: LOG_LEVEL,
  };
}

function readS3(given: z.infer<z.ZodObject<typeof s3Schema>>): S3Settings | null {
  if (given.S3_BUCKET === undefined) return null;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = given;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new StartProblem(
      "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither.",
    );
  }
  return {
    bucket: given.S3_BUCKET,
    endpoint: given.S3_ENDPOINT ?? null,
    region: given.S3_REGION,
    prefix: given.S3_PREFIX ?? "",
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
    // Only AWS itself gives each bucket a host's name for sure.
    forcePathStyle: given.S3_FORCE_PATH_STYLE ?? given.S3_ENDPOINT !== undefined,
    encryption: given.S3_ENCRYPTION ?? null,
    direct: given.S3_DIRECT,
  };
}

/** Several processes are one installation only when they share what tells them so. */
function requireShared(
  given: Readonly<Record<string, string | undefined>>,
  roleSet: ReadonlySet<Role>,
): void {
  if (given.REDIS_URL === undefined && roleSet.size < roles.length) {
    throw new StartProblem(
      "ROLES splits the work between processes: set REDIS_URL, through which they talk.",
    );
  }
  const missing = ["DATABASE_URL", "VETRINA_SECRET"].find((name) => given[name] === undefined);
  if (given.REDIS_URL !== undefined && missing !== undefined) {
    throw new StartProblem(`REDIS_URL is for several processes: set ${missing}, which all of them share.`);
  }
}

function requireAllowedPlaces(value: string, context: z.RefinementCtx): void {
  try {
    readAllowedPlaces(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    context.addIssue({ code: "custom", message: `must be hosts, addresses or networks: ${reason}` });
  }
}

function isHttpAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "" && url.hash === "";
}
