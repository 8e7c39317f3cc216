/**
 * Refuses writes that another site made a signed-in browser send. Every browser names the origin of a POST; a request
 * without any such header is no browser's, and carries nobody's cookie by accident.
 */
import { AppError } from "@/lib/protocol/errors";

/** @throws AppError forbidden */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") throw new AppError("forbidden", "cross-site request");
  const origin = headers.get("origin");
  if (origin !== null && hostOf(origin) !== headers.get("host")) {
    throw new AppError("forbidden", "cross-origin request");
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
