/**
 * Short signed statements (JWT, HS256) that browsers carry for us: who a visitor is, whose an order is, who may enter a
 * room. Each kind has its own audience, so one can never stand in for another.
 */
import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import * as z from "zod/mini";
import { getConfig } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";
import {
  conversationIdSchema,
  memberIdSchema,
  participantIdSchema,
  shopIdSchema,
  visitorIdSchema,
} from "@/lib/protocol/ids";
import { ROOM_TOKEN_SECONDS } from "@/lib/protocol/limits";
import { participantRoles } from "@/lib/protocol/roles";

const ISSUER = "vetrina";
type Audience = "visitor" | "order" | "room";
/** A visitor is known for a year after the last page that was asked for under this identity. */
const VISITOR_TOKEN_SECONDS = 365 * 24 * 3_600;

const visitorClaims = z.object({ visitorId: visitorIdSchema, shopId: shopIdSchema });
export type VisitorClaims = z.infer<typeof visitorClaims>;
/** `epoch`: which of her tokens this is; older ones open nothing of hers (lib/auth/require-visitor). */
const visitorTokenClaims = z.extend(visitorClaims, { epoch: z.int() });
export type VisitorTokenClaims = z.infer<typeof visitorTokenClaims>;

const roomClaims = z.object({
  conversationId: conversationIdSchema,
  participantId: participantIdSchema,
  shopId: shopIdSchema,
  role: z.enum(participantRoles),
  name: z.string(),
  /** Index into the palette. */
  color: z.number(),
  memberId: z.optional(memberIdSchema),
  visitorId: z.optional(visitorIdSchema),
  /** Of a companion: she reads the messages after this one. */
  sinceSeq: z.optional(z.int()),
});
export type RoomClaims = z.infer<typeof roomClaims>;

/** @param epoch of the visitor's row; a new visitor's is 0 */
export function signVisitorToken({ visitorId, shopId }: VisitorClaims, epoch = 0): Promise<string> {
  return sign("visitor", { visitorId, shopId, epoch }, VISITOR_TOKEN_SECONDS);
}

/** @throws AppError unauthorized for a token that is forged, expired or of another kind */
export function verifyVisitorToken(token: string): Promise<VisitorTokenClaims> {
  return verify("visitor", token, visitorTokenClaims);
}

/** Says whose an order is, and opens nothing: shops keep it with their orders. */
export function signOrderToken({ visitorId, shopId }: VisitorClaims): Promise<string> {
  return sign("order", { visitorId, shopId }, VISITOR_TOKEN_SECONDS);
}

/** @throws AppError unauthorized */
export function verifyOrderToken(token: string): Promise<VisitorClaims> {
  return verify("order", token, visitorClaims);
}

/** @param lifetimeSeconds shorter in tests only */
export function signRoomToken(claims: RoomClaims, lifetimeSeconds = ROOM_TOKEN_SECONDS): Promise<string> {
  return sign("room", claims, lifetimeSeconds);
}

/** `expiresAt` in milliseconds since 1970. @throws AppError unauthorized */
export async function verifyRoomToken(token: string): Promise<RoomClaims & { readonly expiresAt: number }> {
  const claims = await verify("room", token, z.extend(roomClaims, { exp: z.number() }));
  const { exp, ...rest } = claims;
  return { ...rest, expiresAt: exp * 1_000 };
}

function key(): Uint8Array {
  return new TextEncoder().encode(getConfig().secret);
}

function sign(
  audience: Audience,
  claims: VisitorClaims | VisitorTokenClaims | RoomClaims,
  lifetimeSeconds: number,
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ ...claims } satisfies JWTPayload)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key());
}

async function verify<T extends z.ZodMiniType>(
  audience: Audience,
  token: string,
  schema: T,
): Promise<z.infer<T>> {
  try {
    const { payload } = await jwtVerify(token, key(), { issuer: ISSUER, audience, algorithms: ["HS256"] });
    return z.parse(schema, payload);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.core.$ZodError) {
      throw new AppError("unauthorized", `${audience} token refused`, { cause: error });
    }
    throw error;
  }
}
