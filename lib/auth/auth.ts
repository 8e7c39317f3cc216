/**
 * Members' sign-in, by better-auth over our own tables: e-mail and password, sessions in the database, attempts limited
 * in the database (so that several servers count together). Nobody signs themselves up; admins add people.
 */
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { getDb } from "@/lib/db/client";
import { getConfig } from "@/lib/protocol/config-slot";
import { processSlot } from "@/lib/protocol/process-slot";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";

/** Sign-in attempts from one address within the window, seconds: a small office signs in at nine, a guesser gets nowhere. */
export const SIGN_IN_ATTEMPTS = 20;
const SIGN_IN_WINDOW_SECONDS = 60;
/** A session lasts a week from its last day of use. */
const SESSION_SECONDS = 7 * 24 * 3_600;
const SESSION_RENEW_SECONDS = 24 * 3_600;
const MIN_PASSWORD_CHARS = 10;

function createAuth() {
  const { publicUrl, secret, embedded } = getConfig();
  return betterAuth({
    appName: "Vetrina",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    // One machine's own installation is opened as localhost, as 127.0.0.1 or by its name in the house, all meaning us.
    trustedOrigins: (request) =>
      embedded && request ? [new URL(request.url).origin, sameHost(request)] : [],
    // A wrong password is a person's business, not the log's.
    logger: { level: "error" },
    telemetry: { enabled: false },
    database: prismaAdapter(getDb(), { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD_CHARS },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    rateLimit: {
      enabled: true,
      storage: "database",
      modelName: "rateLimit",
      customRules: {
        "/sign-in/email": { window: SIGN_IN_WINDOW_SECONDS, max: SIGN_IN_ATTEMPTS },
        // Read on every page; its answer costs a lookup.
        "/get-session": false,
      },
      // Ten calls a second and more are no person's doing.
      window: 10,
      max: 100,
    },
    advanced: {
      database: { generateId: false },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      cookiePrefix: "vetrina",
    },
  });
}

function sameHost(request: Request): string {
  return `http://${request.headers.get("host") ?? ""}`;
}

type Auth = ReturnType<typeof createAuth>;
const slot = processSlot<Auth>("auth");

export function getAuth(): Auth {
  const existing = slot.find();
  if (existing) return existing;
  const auth = createAuth();
  slot.provide(auth);
  return auth;
}
