/** Type of `window.vetrina`, for shops that write TypeScript; docs/loader.md shows each call. */
export interface VetrinaLine {
  /** The shop's own id of the variant or product. */
  readonly id: string;
  readonly quantity: number;
  /** One piece, in units of the currency (12.9, not 1290). */
  readonly price: number;
}

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
  /** What may be recorded of this visitor; again whenever she changes her mind. */
  | readonly ["consent", "none" | "anonymous" | "full"]
  /** Who is logged in, as your server signed it. */
  | readonly ["identify", { readonly token: string }]
  | readonly ["logout"]
  | readonly ["close"]
  | readonly [
      "on",
      "add-to-cart",
      (
        line: VetrinaLine & { readonly currency: string },
      ) => boolean | undefined | Promise<boolean | undefined>,
    ]
  | readonly ["on", "open" | "close", () => void];

export type VetrinaCall = (...call: VetrinaArguments) => void;
