/**
 * The page mirror's session, as frame, desk and relay tell each other: JSON in text frames on their own socket. The page
 * itself travels beside it in binary frames (`lib/mirror/wire`), which only the customer's browser sends.
 */
import * as z from "zod/mini";
import { participantIdSchema } from "./ids";
import { mirrorPhases } from "./mirror-phase";
import { MAX_PAGE_MARK_POINTS, pageMarkKinds } from "./page-marks";

/** Path of the mirror's websocket; the conversation's id follows, the room token as `?token=`. */
export const MIRROR_PATH = "/mirror";

/** Milliseconds after which a proposal that nobody answers is withdrawn. */
export const PROPOSAL_MS = 60_000;
/** Milliseconds after which a request to act that nobody answers is withdrawn. */
export const ASK_WRITE_MS = 30_000;
/** Milliseconds that a leave to act lasts in all, and without any act. */
export const WRITE_MS = 900_000;
export const WRITE_IDLE_MS = 120_000;
/** Milliseconds that a mirror waits for a customer who left the site, or whose line is gone. */
export const SUSPEND_MS = 120_000;

/** Characters of one text frame. */
export const MAX_MIRROR_TEXT_CHARS = 8_192;

/** Why a customer's page is not sent just now. */
export const pauseReasons = ["customer", "private-page"] as const;
export type PauseReason = (typeof pauseReasons)[number];

const endReasons = [
  "customer",
  "agent",
  "conversation-ended",
  "left-site",
  "timed-out",
  "switched-off",
] as const;
export type MirrorEndReason = (typeof endReasons)[number];

const viewerSchema = z.object({
  participantId: participantIdSchema,
  name: z.string(),
  role: z.enum(["agent", "supervisor"]),
  color: z.number(),
});
export type MirrorViewer = z.infer<typeof viewerSchema>;

/** What everybody who takes part may know; the same in both directions of time, so that late ones know all. */
const mirrorStateSchema = z.object({
  phase: z.enum(mirrorPhases),
  /** The agent who proposed, while proposed. */
  proposedBy: z.nullable(participantIdSchema),
  /** Milliseconds since 1970, by the server's clock: of the proposal or the suspension. */
  until: z.nullable(z.number()),
  pausedFor: z.nullable(z.enum(pauseReasons)),
  /** Everybody whose browser is being sent the page, supervisors too. */
  viewers: z.array(viewerSchema),
  /** Who asks to act, and until when. */
  asking: z.nullable(z.object({ participantId: participantIdSchema, until: z.number() })),
  /** Who may act, and until when at the latest. */
  writer: z.nullable(z.object({ participantId: participantIdSchema, until: z.number() })),
  /** When the customer agreed; null before. */
  since: z.nullable(z.number()),
});
export type MirrorState = z.infer<typeof mirrorStateSchema>;

const nodeId = z.int().check(z.gte(1), z.lte(4_294_967_295));
const fraction = z.number().check(z.gte(0), z.lte(1));
const offset = z.number().check(z.gte(-10_000_000), z.lte(10_000_000));
const epoch = z.int().check(z.gte(0), z.lte(4_294_967_295));
/** A place in the page that stays where it is when the page scrolls: a node, and fractions of its box. */
const place = { node: nodeId, fx: fraction, fy: fraction };
const actId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/));

/** What the writer does in the customer's page. `id` comes back in `acted`. */
const actSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("click"), ...place }),
  /** The whole text of a field afterwards. */
  z.object({ type: z.literal("input"), node: nodeId, text: z.string().check(z.maxLength(4_000)) }),
  z.object({
    type: z.literal("select"),
    node: nodeId,
    options: z.array(z.int().check(z.gte(0), z.lte(6_000))).check(z.maxLength(200)),
  }),
  z.object({
    type: z.literal("key"),
    node: nodeId,
    key: z.enum(["Enter", "Escape", "Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]),
  }),
  z.object({ type: z.literal("scroll"), node: nodeId, x: offset, y: offset }),
  z.object({ type: z.literal("back") }),
  z.object({ type: z.literal("forward") }),
  z.object({ type: z.literal("reload") }),
  z.object({ type: z.literal("goto"), url: z.string().check(z.maxLength(2_000)) }),
]);
export type MirrorAct = z.infer<typeof actSchema>;

/** Why something that the writer wanted did not happen. */
const actRefusals = [
  "no-leave",
  "gone",
  "covered",
  "not-visible",
  "masked",
  "no-control",
  "submit",
  "needs-customer",
  "not-allowed-address",
  "too-fast",
  "customer-first",
  "failed",
] as const;
export type ActRefusal = (typeof actRefusals)[number];

const pointingSchema = z.object({
  /** moves, rings and laser of everybody; `highlight` puts a frame around a whole element, `clear` takes it away. */
  as: z.enum(["move", "ring", "highlight", "clear"]),
  epoch,
  ...place,
});
export type MirrorPointing = z.infer<typeof pointingSchema>;

/** CSS pixels from the place of a mark to any of its points. */
const MAX_REACH = 20_000;
const reach = z.int().check(z.gte(-MAX_REACH), z.lte(MAX_REACH));

/** No tuple: the code for those would come with every frame. */
const pair = z.array(reach).check(z.minLength(2), z.maxLength(2));

const markSchema = z.object({
  as: z.literal("mark"),
  epoch,
  /** Where it stands: in the element that it is about. */
  ...place,
  /** The same id again is the same mark, drawn further. */
  id: actId,
  kind: z.enum(pageMarkKinds),
  /** CSS pixels: how wide the node was when it was drawn; the mark grows and shrinks with it. */
  width: z.number().check(z.gte(1), z.lte(10_000_000)),
  /** x, y in CSS pixels from the place. Arrow: tail and tip; ellipse: two corners of its box. */
  points: z.array(pair).check(z.minLength(2), z.maxLength(MAX_PAGE_MARK_POINTS)),
  /** The hand has let go of it. */
  done: z.boolean(),
});
export type MirrorMark = z.infer<typeof markSchema>;

const pointSchema = z.discriminatedUnion("as", [
  pointingSchema,
  markSchema,
  /** Everybody's marks are gone, for everybody. */
  z.object({ as: z.literal("erase"), epoch }),
]);
export type MirrorPoint = z.infer<typeof pointSchema>;

/** Client to relay. */
export const mirrorRequestSchema = z.discriminatedUnion("type", [
  // Agents
  z.object({ type: z.literal("propose") }),
  z.object({ type: z.literal("withdraw") }),
  z.object({ type: z.literal("watch") }),
  z.object({ type: z.literal("unwatch") }),
  z.object({ type: z.literal("ask-write") }),
  z.object({ type: z.literal("release-write") }),
  z.object({ type: z.literal("resync"), epoch }),
  /** The newest `seq` that was applied: the capture slows down by it. */
  z.object({ type: z.literal("applied"), epoch, seq: epoch }),
  z.object({ type: z.literal("want-asset"), key: z.string().check(z.maxLength(200)) }),
  z.object({ type: z.literal("act"), id: actId, epoch, act: actSchema }),
  // Customer
  /** She agreed, in this tab. @property resume what `sharing` gave, after a page load */
  z.object({ type: z.literal("share"), resume: z.nullable(z.string().check(z.maxLength(100))) }),
  z.object({ type: z.literal("refuse") }),
  z.object({ type: z.literal("pause"), reason: z.enum(pauseReasons) }),
  z.object({ type: z.literal("unpause") }),
  z.object({ type: z.literal("grant-write"), participantId: participantIdSchema }),
  z.object({ type: z.literal("deny-write") }),
  z.object({ type: z.literal("revoke-write") }),
  z.object({
    type: z.literal("acted"),
    participantId: participantIdSchema,
    id: actId,
    refusal: z.nullable(z.enum(actRefusals)),
  }),
  // Everybody
  z.object({ type: z.literal("point"), point: pointSchema }),
  z.object({ type: z.literal("stop") }),
  /** A new room token for a connection whose token is about to expire. */
  z.object({ type: z.literal("renew"), token: z.string().check(z.maxLength(4_096)) }),
]);
export type MirrorRequest = z.infer<typeof mirrorRequestSchema>;

/** Relay to client. */
export const mirrorUpdateSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("state"),
    you: participantIdSchema,
    /** For customers: whether this very tab is the one that is shared. */
    here: z.boolean(),
    /** For agents: whether the shop lets her ask to act. */
    mayAskWrite: z.boolean(),
    state: mirrorStateSchema,
  }),
  /** To the tab that shares: what lets it go on after a page load. A new one each time. */
  z.object({ type: z.literal("sharing"), resume: z.string() }),
  /** To the tab that shares: send a `full`; somebody came or missed something. */
  z.object({ type: z.literal("send-full") }),
  /** To the tab that shares: the newest that any viewer has applied, so that a slow one slows nobody; null: none answers. */
  z.object({ type: z.literal("lag"), epoch, seq: z.nullable(epoch) }),
  z.object({ type: z.literal("want-asset"), key: z.string() }),
  z.object({ type: z.literal("act"), participantId: participantIdSchema, id: actId, epoch, act: actSchema }),
  z.object({ type: z.literal("acted"), id: actId, refusal: z.nullable(z.enum(actRefusals)) }),
  z.object({ type: z.literal("point"), participantId: participantIdSchema, point: pointSchema }),
  /** To a viewer: what was sent so far is nothing any more; wipe it. */
  z.object({ type: z.literal("wipe") }),
  z.object({ type: z.literal("ended"), reason: z.enum(endReasons) }),
  z.object({
    type: z.literal("refused"),
    request: z.string(),
    code: z.enum(["forbidden", "conflict", "too-many"]),
  }),
]);
export type MirrorUpdate = z.infer<typeof mirrorUpdateSchema>;
