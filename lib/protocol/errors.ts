/** The one union of error codes. Every edge maps an AppError to its own answer; the words come from the message catalogues. */
export const errorCodes = [
  "bad_request",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "too_large",
  "too_many",
  "unsupported_picture",
  "broken_picture",
  "too_many_pixels",
  "unsupported_video",
  "broken_video",
  "video_too_long",
  "unsupported_paper",
  "broken_paper",
  "paper_locked",
  "too_many_pages",
  "infected",
  "shop_full",
  "conversation_closed",
  "drawing_locked",
  "panel_full",
  "takes_too_long",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** HTTP status of each code. */
export const statusOf: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unsupported_picture: 415,
  broken_picture: 422,
  too_many_pixels: 422,
  unsupported_video: 415,
  broken_video: 422,
  video_too_long: 422,
  unsupported_paper: 415,
  broken_paper: 422,
  paper_locked: 422,
  too_many_pages: 422,
  infected: 422,
  shop_full: 409,
  conversation_closed: 409,
  drawing_locked: 403,
  panel_full: 409,
  takes_too_long: 504,
  unavailable: 503,
  internal: 500,
};

/** Marks what is an AppError, whichever copy of this module made it. */
const mark = Symbol.for("vetrina.app-error");

export class AppError extends Error {
  override readonly name = "AppError";
  readonly [mark] = true;

  /** @param detail for logs and developers, in English, without personal data. */
  constructor(
    readonly code: ErrorCode,
    detail?: string,
    options?: ErrorOptions,
  ) {
    super(detail ?? code, options);
  }
}

/**
 * Next's bundle and ours each carry their own copy of this class (docs/architecture.md) and call each other through slots:
 * an error that the other one threw is one of ours. Classes made from it are told apart as usual.
 */
Object.defineProperty(AppError, Symbol.hasInstance, {
  value(this: unknown, error: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, error);
    return error instanceof Error && mark in error;
  },
});

/** Body of every error answer over HTTP. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly detail: string };
}

/** For `default:` of a switch over a union: a missing case is a type error. */
export function assertNever(value: never): never {
  throw new AppError("internal", `unexpected value ${JSON.stringify(value)}`);
}
