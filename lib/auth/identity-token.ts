/**
 * What a shop's server says of its customer: a JWT (HS256) signed with a secret that only it and we know, handed to the
 * page and by the page to us. Nothing about a person is believed without one (J8).
 */
import { errors, jwtVerify } from "jose";
import * as z from "zod/mini";
import { AppError } from "@/lib/protocol/errors";
import { isStorable } from "@/lib/protocol/storable";

/** Seconds. A token in a cached page must not speak for her customer for ever. */
const MAX_LIFETIME_SECONDS = 24 * 3_600;
/** Seconds that the shop's clock may be off. */
const CLOCK_LEEWAY_SECONDS = 60;

const storable = (maxChars: number) => z.string().check(z.maxLength(maxChars), z.refine(isStorable));

const claimsSchema = z.object({
  /** The shop's own number of the customer. */
  sub: storable(200).check(z.minLength(1)),
  name: z.optional(storable(120)),
  email: z.optional(storable(254)),
  exp: z.number(),
  iat: z.number(),
});

export interface VouchedPerson {
  readonly externalId: string;
  /** Empty when the shop did not say. */
  readonly name: string;
  readonly email: string;
}

/** @throws AppError unauthorized for a token that is forged, expired, too long-lived or says nothing usable */
export async function verifyIdentityToken(token: string, secret: string): Promise<VouchedPerson> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      clockTolerance: CLOCK_LEEWAY_SECONDS,
      requiredClaims: ["sub", "iat", "exp"],
      maxTokenAge: MAX_LIFETIME_SECONDS,
    });
    const { sub, name = "", email = "", exp, iat } = z.parse(claimsSchema, payload);
    if (exp - iat > MAX_LIFETIME_SECONDS) throw new AppError("unauthorized", "valid for more than a day");
    return { externalId: sub, name: name.trim(), email: email.trim() };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) {
      throw new AppError("unauthorized", `identity token refused: ${reasonOf(error)}`, { cause: error });
    }
    throw error;
  }
}

/** Said to the shop's developer, who sees it in the browser's console: which rule was broken, never a secret. */
function reasonOf(error: errors.JOSEError | z.core.$ZodError): string {
  if (error instanceof errors.JOSEError) return error.message;
  return `${error.issues[0]?.path.join(".") ?? "claims"} does not fit`;
}
