/** postMessage between the loader (shop's page) and the frame (our origin). Both ends check origin and shape. */
import * as z from "zod/mini";
import { lineSchema } from "./events";

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
      productId: z.optional(z.string()),
      /** Address of the product's picture, if the page told one. */
      image: z.optional(z.string()),
    }),
  }),
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("cart-result"),
    requestId: z.string(),
    ok: z.boolean(),
    reason: z.string(),
  }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("visible"), visible: z.boolean() }),
]);
export type ToFrame = z.infer<typeof toFrameSchema>;

/** Frame to loader. */
export const toLoaderSchema = z.discriminatedUnion("type", [
  z.object({ app: z.literal(BRIDGE), type: z.literal("ready") }),
  /** Chat alone, or chat and panel; the loader sizes the frame. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("layout"), panel: z.boolean() }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("close") }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("unread"), count: z.number() }),
  /** The visitor token was refused (erased, other shop): forget it and say hello again with a new one. */
  z.object({ app: z.literal(BRIDGE), type: z.literal("renew-visitor") }),
  z.object({
    app: z.literal(BRIDGE),
    type: z.literal("add-to-cart"),
    requestId: z.string(),
    line: lineSchema,
    currency: z.string(),
  }),
  z.object({ app: z.literal(BRIDGE), type: z.literal("navigate"), url: z.string() }),
]);
export type ToLoader = z.infer<typeof toLoaderSchema>;
