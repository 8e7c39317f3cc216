/** postMessage between the loader (shop's page) and the frame (our origin). Both ends check origin and shape. */
import * as z from "zod/mini";
import { lineSchema } from "./line";

/** Marks our messages among those of other scripts. */
export const BRIDGE = "vetrina";

/** Loader to frame. */
export const toFrameSchema = z.discriminatedUnion("type", [
  /** Answer to `ready`; the frame has no storage of its own. */
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("hello"),
    visitorToken: z.string(),
    locale: z.string(),
    /** What the page shows now, if it is a product. */
    page: z.object({
      url: z.string(),
      title: z.string(),
      /** The page's own word, such as "de-AT": which of the shop's storefronts it is, where several share its address. */
      language: z.optional(z.string()),
      productId: z.optional(z.string()),
      /** Address of the product's picture, if the page told one. */
      image: z.optional(z.string()),
    }),
    /** What lets this tab go on being mirrored after a page load; the frame gave it with `mirror-keep`. */
    mirror: z.optional(z.string()),
    /** The shop has a wish list that products can be put on. */
    wishlist: z.optional(z.boolean()),
  }),
  /** Answer to `mirror-start`; a port to our script in the page comes with it (`lib/mirror/wire/port-message`). */
  z.object({ app: z.literal(BRIDGE), type: z.literal("mirror-port") }),
  /** Our script could not be loaded. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("mirror-failed") }),
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("cart-result"),
    requestId: z.string(),
    ok: z.boolean(),
    /** As `CartAnswer` of ./basket; with a yes, `already` says that it was put before. */
    reason: z.string(),
  }),
  /** `by`: what opened it, as `openConversationSchema` takes it. */
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("visible"),
    visible: z.boolean(),
    by: z.optional(z.string()),
  }),
  /** The shop's page opened us about one of its products. */
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("ask"),
    /** The shop's own id. */
    productId: z.string().check(z.maxLength(200)),
    /** She had just clicked; otherwise it is only offered. */
    byHer: z.boolean(),
  }),
]);
export type ToFrame = z.infer<typeof toFrameSchema>;

/** Frame to loader. */
export const toLoaderSchema = z.discriminatedUnion("type", [
  z.object({ app: z.literal(BRIDGE), type: z.literal("ready") }),
  /** Chat alone, or chat and panel; the loader sizes the frame. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("layout"), panel: z.boolean() }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("close") }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("unread"), count: z.number() }),
  /** This visitor token was refused (erased, logged out, an older one): say hello again, with the newer one or a new one. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("renew-visitor"), refused: z.string() }),
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("add-to-cart"),
    requestId: z.string(),
    line: lineSchema,
    currency: z.string(),
    /** Names what is put: asked again under the same key, what is in the cart already is not put twice. */
    key: z.optional(z.string()),
    /** Not for the cart: for the shop's wish list; the line's id is the product's. */
    wishlist: z.optional(z.boolean()),
  }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("navigate"), url: z.string() }),
  /** She agreed to be mirrored: load our script, and hand over a port to it. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("mirror-start") }),
  /** To be told with the next `hello` of this tab; null: forget it. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("mirror-keep"), resume: z.nullable(z.string()) }),
  /** For the shop's own analytics, where it wants that and she agreed: in GA4's words. */
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("told"),
    event: z.looseObject({ event: z.string() }),
  }),
  /** She is asked something that only she can answer: show the frame. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("show") }),
]);
export type ToLoader = z.infer<typeof toLoaderSchema>;
