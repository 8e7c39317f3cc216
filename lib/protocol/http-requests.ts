/** What browsers send to the HTTP API. Apart from its answers (./http): only the server reads these. */
import * as z from "zod/mini";
import { consentLevels } from "./consent";
import { browserEventSchema } from "./events";
import { MAX_COMPANION_NAME_CHARS, MAX_EVENTS_PER_BATCH } from "./limits";
import { scores } from "./rating";

const shopKey = z.string().check(z.minLength(8), z.maxLength(64));
/** Signed by the server; opaque to browsers. */
const token = z.string().check(z.minLength(16), z.maxLength(2_048));

const consent = z.optional(z.enum(consentLevels));

/** POST /api/v1/visitors: a first-party pseudonymous identity for this shop, where one may be kept. */
export const createVisitorSchema = z.object({
  shopKey,
  purpose: z._default(z.enum(["visit", "conversation"]), "conversation"),
  /** As the shop's page said of this visitor. */
  consent,
});

/** POST /api/v1/visitors/identify (text/plain): who she is, by the word of the shop's server. */
export const identifySchema = z.object({ shopKey, visitorToken: token, identity: token });

/** POST /api/v1/visitors/logout (text/plain): she has left the shop's account; her tokens so far open nothing more. */
export const logOutSchema = z.object({ shopKey, visitorToken: token });

/** POST /api/v1/events (text/plain, so that sendBeacon needs no preflight). */
export const eventBatchSchema = z.object({
  shopKey,
  /** Absent where nothing may be kept in her browser. */
  visitorToken: z.optional(token),
  consent,
  events: z.array(browserEventSchema).check(z.minLength(1), z.maxLength(MAX_EVENTS_PER_BATCH)),
});

/** POST /api/v1/invitations (text/plain): she has stayed with a product; or, `opened`, has taken the invitation up. */
export const invitationSchema = z.object({ shopKey, visitorToken: token, consent, opened: z.boolean() });

/** POST /api/v1/conversations: the visitor's open conversation, or a new one. `create: false` only looks. */
export const openConversationSchema = z.object({
  visitorToken: token,
  create: z.boolean(),
  /** Of the frame's own words. */
  locale: z.string().check(z.maxLength(35)),
  /** Of the shop's page. A page's word, as the next: whatever it is else stands for nothing known. */
  language: z.catch(z.string().check(z.maxLength(35)), ""),
  trigger: z.catch(z.enum(["launcher", "product", "page", ""]), ""),
});

/** Stands in a companion's address. */
export const companionCodeSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));

/** POST /api/v1/companions: somebody whom a customer invited comes in under the name that she gives herself. */
export const joinAsCompanionSchema = z.object({
  code: companionCodeSchema,
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_COMPANION_NAME_CHARS)),
});

/** POST /api/v1/desk/spoken-code: what an agent heard on the phone, as she typed it. */
export const enterByCodeSchema = z.object({ code: z.string().check(z.maxLength(40)) });

/** POST /api/v1/conversations/{id}/rating: how its customer found it. */
export const ratingSchema = z.object({ score: z.literal(scores) });
