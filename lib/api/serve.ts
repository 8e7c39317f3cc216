/** A route of the public API: key, scope, allowance, question; then one call; then an answer of the described shape. */
import * as z from "zod/mini";
import { answer } from "@/lib/http/answer";
import { limit } from "@/lib/http/rate-limit";
import { readJson } from "@/lib/http/read-json";
import type { ApiScope } from "@/lib/protocol/api/scopes";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { ADDRESS_HEADER } from "@/lib/protocol/request-headers";
import { requireApiKey } from "@/lib/shops/api-keys";
import type { Operation } from "./operation";

/** Ten a second, all day. */
const PER_KEY = { points: 600, seconds: 60 };
/** Of one address, keys that hold or not: several systems may sit behind it. */
const PER_ADDRESS = { points: 3_000, seconds: 60 };
/** A hundred orders of many lines. */
const MAX_BODY_BYTES = 4_194_304;

interface Asked<Query, Body> {
  readonly shopId: ShopId;
  readonly query: Query;
  readonly body: Body;
  /** Of the path, by name. */
  readonly path: Readonly<Record<string, string>>;
}

interface Route {
  readonly params: Promise<unknown>;
}

/** Next gives a route without parameters none. */
const pathSchema = z._default(z.record(z.string(), z.string()), {});

export function serve<Query extends z.ZodMiniType, Body extends z.ZodMiniType, Answer extends z.ZodMiniType>(
  operation: Operation<Query, Body, Answer> & { readonly scope: ApiScope },
  work: (asked: Asked<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer>>,
): (request: Request, route: Route) => Promise<Response> {
  return (request, route) =>
    answer(async () => {
      await limit("api-address", request.headers.get(ADDRESS_HEADER) ?? "unknown", PER_ADDRESS);
      const { keyId, shopId } = await requireApiKey(request.headers, operation.scope);
      await limit("api-key", keyId, PER_KEY);
      const query = parseQuery(operation.query, new URL(request.url).searchParams);
      const body =
        operation.method === "post"
          ? await readJson(request, operation.body, MAX_BODY_BYTES)
          : z.parse(operation.body, {});
      return work({ shopId, query, body, path: z.parse(pathSchema, await route.params) });
    });
}

function parseQuery<Query extends z.ZodMiniType>(schema: Query, given: URLSearchParams): z.output<Query> {
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_request", `${issue?.path.join(".") || "query"}: ${issue?.message ?? "wrong"}`);
}
