/**
 * One line to one shop's system: every call to it goes through here, bounded in time and bytes, with the platform's keys,
 * and comes back as JSON of the wanted shape or as a {@link ConnectionProblem}.
 */
import type { z } from "zod";
import { fetchOutside } from "@/lib/http/outside/outside";
import { AppError } from "@/lib/protocol/errors";
import { ConnectionProblem, type ConnectionProblemKind } from "./connection-problem";
import { readJsonText, readShape, shortText } from "./read-answer";
import type { Resilience } from "./resilience";

/** Bytes of an answer: a page of products with long descriptions stays far below. */
const MAX_ANSWER_BYTES = 8_000_000;
/** A shop's system may have moved to https or to www; more hops are a mistake. */
const MAX_REDIRECTS = 2;
/** Characters of a refusal that are told on. */
const MAX_TOLD_CHARS = 200;

export type Params = readonly (readonly [name: string, value: string])[];

export interface ShopRequest {
  /** What is asked for, in errors: "products". */
  readonly what: string;
  /** Below the connection's address, with a slash in front. */
  readonly path: string;
  readonly params?: Params | undefined;
  /** Posted as JSON. */
  readonly body?: unknown;
}

interface ShopAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | null;
}

export interface ShopLine {
  /** Any answer but a refusal or a failure. */
  send(request: ShopRequest): Promise<ShopAnswer>;
  /** Null when the system says that there is none (404, 410). */
  find<Schema extends z.ZodType>(request: ShopRequest, schema: Schema): Promise<z.output<Schema> | null>;
  get<Schema extends z.ZodType>(request: ShopRequest, schema: Schema): Promise<z.output<Schema>>;
  /** The same, and how many there are by the answer's header; null without a number there. */
  list<Schema extends z.ZodType>(
    request: ShopRequest,
    schema: Schema,
    totalHeader: string,
  ): Promise<{ readonly items: z.output<Schema>; readonly total: number | null }>;
}

export interface LineOptions {
  /** No slash at its end. */
  readonly address: string;
  /** Made anew for each call, so that signatures are of now. */
  headers(request: { readonly method: string; readonly url: URL }): Readonly<Record<string, string>>;
  readonly resilience: Resilience;
  /** What a platform means by a status, where it is not the usual. */
  readRefusal?(status: number, text: string): ConnectionProblemKind | null;
  /** Of a platform that says "too many" without saying for how long, milliseconds. */
  readonly pauseMs?: number | undefined;
  /** How a body becomes a value; JSON unless said otherwise. */
  readBody?(text: string, what: string): unknown;
}

export function openShopLine(options: LineOptions): ShopLine {
  const readBody = options.readBody ?? readJsonText;

  async function ask(request: ShopRequest, signal: AbortSignal): Promise<ShopAnswer> {
    const method = request.body === undefined ? "GET" : "POST";
    const url = new URL(options.address + request.path);
    for (const [name, value] of request.params ?? []) url.searchParams.append(name, value);
    const answer = await outside(url, method, request.body, signal);
    const refusal = options.readRefusal?.(answer.status, answer.text) ?? usualRefusal(answer.status);
    if (refusal === null) return answer;
    const pauseMs = refusal === "busy" ? options.pauseMs : undefined;
    throw new ConnectionProblem(refusal, told(request.what, answer), {
      retryAfterMs: readRetryAfter(answer.header("retry-after")) ?? pauseMs,
    });
  }

  async function outside(url: URL, method: string, body: unknown, signal: AbortSignal): Promise<ShopAnswer> {
    try {
      const answer = await fetchOutside(url.href, {
        method,
        headers: {
          accept: "application/json",
          ...options.headers({ method, url }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        maxBytes: MAX_ANSWER_BYTES,
        maxRedirects: MAX_REDIRECTS,
        signal,
      });
      return { status: answer.status, text: await answer.text(), header: (name) => answer.header(name) };
    } catch (error) {
      throw toProblem(error, url.host);
    }
  }

  const send = (request: ShopRequest) => options.resilience.run((signal) => ask(request, signal));

  async function find<Schema extends z.ZodType>(request: ShopRequest, schema: Schema) {
    const answer = await send(request);
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status >= 300) throw new ConnectionProblem("shape", told(request.what, answer));
    return readShape(schema, readBody(answer.text, request.what), request.what);
  }

  return {
    send,
    find,
    async get(request, schema) {
      const found = await find(request, schema);
      if (found === null)
        throw new ConnectionProblem("address", `${request.what}: nothing at ${request.path}`);
      return found;
    },
    async list(request, schema, totalHeader) {
      const answer = await send(request);
      if (answer.status >= 300) {
        throw new ConnectionProblem(answer.status === 404 ? "address" : "shape", told(request.what, answer));
      }
      const total = Number(answer.header(totalHeader) ?? Number.NaN);
      const items = readShape(schema, readBody(answer.text, request.what), request.what);
      return { items, total: Number.isSafeInteger(total) ? total : null };
    },
  };
}

function usualRefusal(status: number): ConnectionProblemKind | null {
  if (status === 401) return "keys";
  if (status === 403) return "rights";
  if (status === 429) return "busy";
  return status === 408 || status >= 500 ? "away" : null;
}

/** What the system said, for logs and admins: short, on one line. */
function told(what: string, { status, text }: ShopAnswer): string {
  const [, said = text] = /"message"\s*:\s*"((?:[^"\\]|\\.){1,500})"/.exec(text.slice(0, 5_000)) ?? [];
  return `${what}: answered ${status}: ${shortText(said, MAX_TOLD_CHARS)}`;
}

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
function readRetryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = value.trim() !== "" && Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function toProblem(error: unknown, host: string): unknown {
  if (error instanceof ConnectionProblem || !(error instanceof AppError)) return error;
  const options = { cause: error };
  if (error.code === "forbidden")
    return new ConnectionProblem("private", `${host}: ${error.message}`, options);
  if (error.code === "too_large")
    return new ConnectionProblem("too_large", `${host}: ${error.message}`, options);
  if (error.code === "bad_request")
    return new ConnectionProblem("address", `${host}: ${error.message}`, options);
  return new ConnectionProblem("away", `${host}: ${error.message}`, options);
}
