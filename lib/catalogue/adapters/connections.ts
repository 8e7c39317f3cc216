/** A shop's connection as its admin keeps it: tried before it is stored, its keys sealed and never shown again. */
import { seal } from "@/lib/auth/sealed";
import { getDb } from "@/lib/db/client";
import type { ShopId } from "@/lib/protocol/ids";
import { ConnectionProblem, type ConnectionProblemKind, connectionProblems } from "./connection-problem";
import { type Connection, createPlatform } from "./create-platform";
import { type ConnectionSettings, connectionSettings, credentialsOf } from "./credentials";
import { type LiveKind, liveKinds } from "./kinds";
import { readConnection } from "./live-connection";
import type { AdapterInfo } from "./port";
import type { Patience } from "./resilience";

/** What an admin sees of it. */
export interface ConnectionView extends ConnectionSettings {
  readonly kind: LiveKind;
  readonly address: string;
  readonly createdAt: Date;
  readonly checkedAt: Date | null;
  readonly lastError: ConnectionProblemKind | null;
}

export interface ConnectionInput {
  readonly kind: string;
  readonly address: string;
  /** By the names of `credentialFields`; all empty keeps the keys that are stored. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly locale: string;
  readonly currency: string;
}

export type TestResult =
  | { readonly kind: "works"; readonly info: AdapterInfo }
  | { readonly kind: "invalid"; readonly field: string }
  | { readonly kind: "failed"; readonly problem: ConnectionProblemKind; readonly detail: string };

export async function loadConnection(shopId: ShopId): Promise<ConnectionView | null> {
  const row = await getDb().shopConnection.findUnique({ where: { shopId } });
  const kind = liveKinds.find((known) => known === row?.kind);
  if (row === null || kind === undefined) return null;
  const { address, createdAt, checkedAt, lastError } = row;
  const settings = connectionSettings.parse(row.settings);
  return { kind, address, createdAt, checkedAt, lastError: problemOf(lastError), ...settings };
}

/** Asks the shop's system, and stores nothing. */
export async function testConnection(
  shopId: ShopId,
  input: ConnectionInput,
  patience?: Patience,
): Promise<TestResult> {
  const read = await readInput(shopId, input);
  return "field" in read ? read : tryOut(read, patience);
}

/** Stores what works; what does not is told, and the stored connection stays as it is. */
export async function saveConnection(
  shopId: ShopId,
  input: ConnectionInput,
  patience?: Patience,
): Promise<TestResult> {
  const read = await readInput(shopId, input);
  if ("field" in read) return read;
  const result = await tryOut(read, patience);
  if (result.kind !== "works") return result;
  // What the platform sells in is what its prices are in.
  const settings = { ...read.settings, currency: result.info.currency ?? read.settings.currency };
  const fields = {
    kind: read.kind,
    address: read.address,
    credentials: await seal(JSON.stringify(read.credentials)),
    settings,
    checkedAt: new Date(),
    lastError: null,
  };
  await getDb().shopConnection.upsert({ where: { shopId }, create: { shopId, ...fields }, update: fields });
  return result;
}

/** The products stay, as a feed's do when nobody imports it any more. */
export async function deleteConnection(shopId: ShopId): Promise<void> {
  await getDb().shopConnection.deleteMany({ where: { shopId } });
}

async function tryOut(connection: Connection, patience: Patience | undefined): Promise<TestResult> {
  try {
    return { kind: "works", info: await createPlatform(connection, patience).info() };
  } catch (error) {
    if (!(error instanceof ConnectionProblem)) throw error;
    return { kind: "failed", problem: error.problem, detail: error.message };
  }
}

type Invalid = Extract<TestResult, { readonly kind: "invalid" }>;

async function readInput(shopId: ShopId, input: ConnectionInput): Promise<Connection | Invalid> {
  const kind = liveKinds.find((known) => known === input.kind);
  if (kind === undefined) return { kind: "invalid", field: "kind" };
  const address = readAddress(kind, input.address);
  if (address === null) return { kind: "invalid", field: "address" };
  const settings = connectionSettings.safeParse({ locale: input.locale, currency: input.currency });
  if (!settings.success) return { kind: "invalid", field: String(settings.error.issues[0]?.path[0]) };
  const given = Object.values(input.credentials).some((value) => value.trim() !== "");
  const credentials = given ? input.credentials : await storedCredentials(shopId, kind, address);
  const parsed = credentialsOf[kind].safeParse(credentials ?? input.credentials);
  if (!parsed.success) return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0]) };
  return { kind, address, credentials: parsed.data, settings: settings.data };
}

/** Only for the address that they were given for: nobody sends them elsewhere by changing it. */
async function storedCredentials(shopId: ShopId, kind: LiveKind, address: string): Promise<unknown> {
  const row = await getDb().shopConnection.findUnique({ where: { shopId } });
  if (row === null || row.kind !== kind || row.address !== address) return null;
  const stored = await readConnection(row).catch((error: unknown) => {
    if (error instanceof ConnectionProblem) return null;
    throw error;
  });
  return stored?.credentials ?? null;
}

const MAX_ADDRESS_CHARS = 500;
/** What people copy along with the address: the platforms' own paths, which our calls add. */
const ownPath: Partial<Record<LiveKind, RegExp>> = {
  woocommerce: /\/wp-json(\/.*)?$/,
  shopify: /\/admin(\/.*)?$/,
  prestashop: /\/api(\/.*)?$/,
  magento: /\/(rest(\/V1)?|V1)$/,
};

/** "shop.example/" as "https://shop.example"; null for what is no web address, or holds more than one. */
export function readAddress(kind: LiveKind, text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > MAX_ADDRESS_CHARS) return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(full)) return null;
  const { protocol, username, password, origin, pathname } = new URL(full);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return null;
  const path = pathname.replace(/\/+$/, "").replace(ownPath[kind] ?? /$^/, "");
  return origin + path.replace(/\/+$/, "");
}

function problemOf(text: string | null): ConnectionProblemKind | null {
  return connectionProblems.find((known) => known === text) ?? null;
}
