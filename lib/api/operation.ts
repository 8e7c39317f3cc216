/** One call of the public API: what the route enforces and what its description says are the same value. */
import type * as z from "zod/mini";
import type { ApiScope } from "@/lib/protocol/api/scopes";

export interface Operation<
  Query extends z.ZodMiniType = z.ZodMiniType,
  Body extends z.ZodMiniType = z.ZodMiniType,
  Answer extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly id: string;
  readonly method: "get" | "post";
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  /** What the key must be allowed to do; null: no key is asked for. */
  readonly scope: ApiScope | null;
  readonly query: Query;
  /** Of a post. */
  readonly body: Body;
  readonly answer: Answer;
}
