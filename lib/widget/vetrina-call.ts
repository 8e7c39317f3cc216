/** Type of `window.vetrina`, for shops that write TypeScript; docs/loader.md shows each call. */
export interface VetrinaLine {
  /** The shop's own id of the variant or product. */
  readonly id: string;
  readonly quantity: number;
  /** One piece, in units of the currency (12.9, not 1290). */
  readonly price: number;
}

/** What the visitor wants in your cart. */
export interface VetrinaCartLine extends VetrinaLine {
  readonly currency: string;
  /** Set for what was proposed in a conversation: asked again under the same key, the same is meant, not one more. */
  readonly key?: string;
}

/**
 * `true` (or nothing): it is in the cart. `false`: it is not. With a reason the visitor and the agent are told why; any text
 * other than the three known ones is shown as the shop's own words, cut after 200 characters.
 */
export type VetrinaCartAnswer =
  | boolean
  | undefined
  | { readonly ok: true }
  | { readonly ok: false; readonly reason?: "out_of_stock" | "gone" | "price_changed" | (string & {}) };

export type VetrinaArguments =
  | readonly ["product", { readonly id: string; readonly title?: string; readonly image?: string }]
  | readonly ["cart", { readonly currency: string; readonly lines: readonly VetrinaLine[] }]
  | readonly [
      "order",
      {
        readonly id: string;
        readonly currency: string;
        readonly total: number;
        readonly lines: readonly VetrinaLine[];
      },
    ]
  /** With a product: "ask about this product". The shop's own id. */
  | readonly ["open"]
  | readonly ["open", { readonly product: string }]
  /** Whatever your agents should know of this visit, shown beside the conversation; the last call counts. */
  | readonly ["context", Readonly<Record<string, string | number | boolean>>]
  /** What may be recorded of this visitor; again whenever she changes her mind. */
  | readonly ["consent", "none" | "anonymous" | "full"]
  /** Who is logged in, as your server signed it. */
  | readonly ["identify", { readonly token: string }]
  | readonly ["logout"]
  | readonly ["close"]
  /** For the wish list the line's id is the product's. Without that handler nobody is offered one. */
  | readonly [
      "on",
      "add-to-cart" | "add-to-wishlist",
      (line: VetrinaCartLine) => VetrinaCartAnswer | Promise<VetrinaCartAnswer>,
    ]
  | readonly ["on", "open" | "close", () => void];

export type VetrinaCall = (...call: VetrinaArguments) => void;
