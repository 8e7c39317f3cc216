/** What a redirect makes of a request (RFC 9110, 15.4; the Fetch standard's way with methods). Opens nothing. */
import { AppError } from "@/lib/protocol/errors";

export interface OutsideRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** Names no secret and nothing about the origin it was meant for. */
const harmlessHeaders = new Set(["accept", "accept-language", "content-type", "user-agent"]);
const redirects = new Set([301, 302, 303, 307, 308]);

/** Null when the answer is none that leads elsewhere. @throws AppError unavailable when it leads to no address */
export function nextRequest(
  { url, method, headers, body }: OutsideRequest,
  status: number,
  location: string | null,
): OutsideRequest | null {
  if (!redirects.has(status) || location === null) return null;
  if (!URL.canParse(location, url)) throw new AppError("unavailable", "a redirect that leads nowhere");
  const target = new URL(location, url);
  const asGet = status === 303 ? method !== "HEAD" : method === "POST" && status < 303;
  const isHeld = (name: string) =>
    (target.origin === url.origin || harmlessHeaders.has(name)) && !(asGet && name === "content-type");
  return {
    url: target,
    method: asGet ? "GET" : method,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => isHeld(name.toLowerCase()))),
    body: asGet ? undefined : body,
  };
}
