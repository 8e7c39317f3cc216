/**
 * Everything that this server asks of others on somebody's word (feeds, pictures, shops' systems, webhooks) goes through
 * here: only to the open internet, only by http and https, bounded in time and bytes, without cookies, and with the same
 * check anew after every redirect. Knows nothing of what is asked.
 */
import { Agent, fetch, type Response } from "undici";
import { getConfig } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";
import { processSlot } from "@/lib/protocol/process-slot";
import { type AllowedPlaces, readAllowedPlaces } from "./allowed-places";
import { guardedConnector, type LookupAll, placeOf } from "./guarded-connector";
import { type OutsideAnswer, openAnswer } from "./outside-answer";
import { nextRequest, type OutsideRequest } from "./redirect";

/** Milliseconds until an answer begins, and until its next piece comes. */
const STALLED_MS = 30_000;
/** Milliseconds for all of it, unless the caller knows better. */
const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_BYTES = 10_000_000;
/** As many as browsers' patience needs: http to https, to www, to a language, to a CDN, and one more. */
const MAX_REDIRECTS = 5;
export interface OutsideOptions {
  readonly method?: string;
  /** Names in small letters; sent to the first origin only, but for those that tell what may be answered. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Of the answer's body, decoded. */
  readonly maxBytes?: number;
  /** Milliseconds from the call to the last byte. */
  readonly timeoutMs?: number;
  readonly maxRedirects?: number;
  /** http will do: pictures and feeds are no secrets. Otherwise https is wanted. */
  readonly plain?: boolean;
  readonly signal?: AbortSignal;
}

export interface Outside {
  readonly allowed: AllowedPlaces;
  /**
   * Answers with whatever status comes. Read the body or cancel it.
   * @throws AppError bad_request (no web address), forbidden (a private network, a port that is no website's, http where
   * https is wanted), unavailable (no answer, too late, too many redirects), too_large; the signal's reason
   */
  fetch(url: string, options?: OutsideOptions): Promise<OutsideAnswer>;
  close(): Promise<void>;
}

export function openOutside(allowed: AllowedPlaces = readAllowedPlaces(""), lookupAll?: LookupAll): Outside {
  const agent = new Agent({
    connect: guardedConnector(allowed, lookupAll),
    headersTimeout: STALLED_MS,
    bodyTimeout: STALLED_MS,
  });
  const outside: Outside = {
    allowed,
    async fetch(url, options = {}) {
      const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES, signal } = options;
      const late = AbortSignal.timeout(timeoutMs);
      const ends = signal ? AbortSignal.any([signal, late]) : late;
      let request: OutsideRequest = {
        url: parseAddress(url),
        method: options.method ?? "GET",
        headers: options.headers ?? {},
        body: options.body,
      };
      for (let redirects = 0; ; redirects += 1) {
        requireWebsite(request.url, allowed, options.plain ?? false);
        const response = await send(agent, request, ends, signal);
        const next = nextRequest(request, response.status, response.headers.get("location"));
        if (next === null || options.maxRedirects === 0) {
          return openAnswer(response, request.url.href, maxBytes, signal);
        }
        await response.body?.cancel();
        if (redirects >= (options.maxRedirects ?? MAX_REDIRECTS)) {
          throw new AppError("unavailable", "too many redirects");
        }
        request = next;
      }
    },
    close: () => agent.destroy(),
  };
  ours.set(outside, outside);
  return outside;
}

/** Opened by this bundle, or by this bundle in place of another one's: an error of another bundle is none that we know. */
const ours = new WeakMap<Outside, Outside>();

export const outsideSlot = processSlot<Outside>("outside");

/** Within what the composition root allows; without it nothing of a private network is asked. */
export function fetchOutside(url: string, options?: OutsideOptions): Promise<OutsideAnswer> {
  const given = outsideSlot.find() ?? openOutside();
  outsideSlot.provide(given);
  const own = ours.get(given) ?? openOutside(given.allowed);
  ours.set(given, own);
  return own.fetch(url, options);
}

function parseAddress(url: string): URL {
  if (!URL.canParse(url)) throw new AppError("bad_request", "this is no web address");
  return new URL(url);
}

function requireWebsite(url: URL, allowed: AllowedPlaces, plain: boolean): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new AppError("bad_request", `${url.protocol} is neither http nor https`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("bad_request", "a name and a password do not belong into an address");
  }
  const isPlain = url.protocol === "http:" && !allowed(placeOf(url.hostname, url.protocol, url.port));
  if (isPlain && !plain) throw new AppError("forbidden", "https is wanted");
}

async function send(
  agent: Agent,
  { url, method, headers, body }: OutsideRequest,
  ends: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { "user-agent": userAgent(), ...headers },
      body: body ?? null,
      redirect: "manual",
      dispatcher: agent,
      signal: ends,
    });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = ends.aborted ? "did not answer in time" : "does not answer";
    throw refusalWithin(error) ?? new AppError("unavailable", `${url.host} ${reason}`, { cause: error });
  }
}

/** What our connector refused comes wrapped by those who asked it. */
function refusalWithin(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  return error instanceof Error && error.cause !== undefined ? refusalWithin(error.cause) : null;
}

/** Says who asks, and where to complain. */
function userAgent(): string {
  const { version, publicUrl } = getConfig();
  return `Vetrina/${version} (+${publicUrl})`;
}
