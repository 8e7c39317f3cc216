/**
 * The event catalogue: every recorded fact, who saw it, the version of what it holds, and that itself (docs/events.md tells it to
 * shops). Whoever changes what an event of a type holds gives it the next version: rows of before keep theirs.
 */
import * as z from "zod/mini";

/** What the server saw itself, or what a page of the shop claims. */
export type EventSource = "server" | "browser";

interface EventKind<Source extends EventSource, Data extends z.ZodMiniType> {
  readonly source: Source;
  readonly version: number;
  /** Of the column `data`; who and where stand in columns of their own. */
  readonly data: Data;
}

const seen = <Data extends z.ZodMiniType>(data: Data, version = 1): EventKind<"server", Data> => ({
  ...{ source: "server", version, data },
});
const claimed = <Data extends z.ZodMiniType>(data: Data, version = 1): EventKind<"browser", Data> => ({
  ...{ source: "browser", version, data },
});

const nothing = z.strictObject({});
const assetId = z.string();
/** What was proposed for the cart; `variant` is the shop's own id. */
const proposal = z.strictObject({
  variant: z.string(),
  quantity: z.int(),
  unitMinor: z.int(),
  currency: z.string(),
});

export const eventCatalogue = {
  conversation_started: seen(nothing),
  conversation_accepted: seen(nothing),
  conversation_closed: seen(z.strictObject({ by: z.enum(["customer", "agent"]) })),
  /** Its customer has said how it was, 1 to 5; her last one counts. */
  conversation_rated: seen(z.strictObject({ score: z.int() })),
  participant_joined: seen(nothing),
  participant_left: seen(z.strictObject({ seconds: z.int() })),
  item_shown: seen(nothing),
  /** Marks of one person on one item within a few seconds are one event. */
  mark_drawn: seen(z.strictObject({ count: z.int() })),
  /** Two items were put side by side, or one over the other. */
  items_compared: seen(z.strictObject({ with: z.string() })),
  picture_uploaded: seen(nothing),
  picture_uncovered: seen(z.strictObject({ assetId })),
  /** Somebody of the shop has taken a file as the customer had sent it. */
  original_saved: seen(z.strictObject({ assetId })),
  product_recommended: seen(nothing),
  basket_proposed: seen(proposal),
  basket_confirmed: seen(proposal),
  basket_declined: seen(proposal),
  mirror_started: seen(z.strictObject({ proposed: z.boolean() })),
  mirror_refused: seen(nothing),
  mirror_write_granted: seen(nothing),
  mirror_ended: seen(z.strictObject({ seconds: z.int(), reason: z.string(), viewers: z.int() })),
  /** A visitor turned out to be one of the shop's customers; or another one than before, and is a new visitor now. */
  identity_joined: seen(nothing),
  identity_split: seen(nothing),
  /** She logged out at this browser: what is told of it from now on is a new visitor's. */
  identity_left: seen(nothing),
  /** Somebody stayed with a product: she was invited to the chat; or held out, so that there is somebody to compare with. */
  invitation_shown: seen(nothing),
  invitation_held_out: seen(nothing),

  /** Of somebody who may not be known under a pseudonym pages and products are kept without their words. */
  page_viewed: claimed(z.strictObject({ url: z.optional(z.string()), title: z.optional(z.string()) })),
  product_viewed: claimed(
    z.strictObject({
      url: z.optional(z.string()),
      title: z.optional(z.string()),
      image: z.optional(z.string()),
    }),
  ),
  cart_changed: claimed(
    z.strictObject({
      currency: z.string(),
      lines: z.array(
        z.strictObject({
          externalId: z.string(),
          productId: z.nullable(z.string()),
          variantId: z.nullable(z.string()),
          quantity: z.int(),
          unitMinor: z.int(),
        }),
      ),
    }),
  ),
  order_placed: claimed(z.strictObject({ orderId: z.string(), currency: z.string(), totalMinor: z.int() })),
  context_told: claimed(
    z.strictObject({ values: z.array(z.strictObject({ name: z.string(), value: z.string() })) }),
  ),
  /** What was proposed for the cart is in it. */
  basket_in_cart: claimed(proposal),
  /** The invitation that was shown to her is what she opened the chat by. */
  invitation_opened: claimed(nothing),
  /** She opened the card of what an agent put forward: to look at it on the panel, or to go to its page. */
  card_opened: claimed(z.strictObject({ on: z.enum(["panel", "page"]) })),
} as const;

export type EventType = keyof typeof eventCatalogue;
type EventData<Type extends EventType> = z.output<(typeof eventCatalogue)[Type]["data"]>;
type TypeOf<Source extends EventSource> = {
  [Type in EventType]: (typeof eventCatalogue)[Type]["source"] extends Source ? Type : never;
}[EventType];
export type ServerEventType = TypeOf<"server">;
export type ClaimType = TypeOf<"browser">;

/** A type with its data, which may be left out where it may hold nothing. */
export type Happened<Type extends EventType> = {
  [One in Type]: Record<string, never> extends EventData<One>
    ? { readonly type: One; readonly data?: EventData<One> }
    : { readonly type: One; readonly data: EventData<One> };
}[Type];
