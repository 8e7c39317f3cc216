/** The HTTP edge: one place that turns a result or an AppError into a Response. Routes hold nothing but a call. */
import { AppError, type ErrorBody, type ErrorCode, statusOf } from "@/lib/protocol/errors";
import { faultsSlot } from "@/lib/protocol/faults-slot";

/** Answers `null` and `undefined` with 204, a Response as it is, everything else as JSON. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    const result = await work();
    if (result instanceof Response) return result;
    if (result === undefined || result === null) return new Response(null, { status: 204, headers: noStore });
    return Response.json(result, { headers: noStore });
  } catch (error) {
    if (error instanceof AppError) return refusal(error.code, error.message, error);
    return refusal("internal", "something went wrong on our side", error);
  }
}

/** Seconds after which to come back, where nobody knows better: a limit is about minutes, and a full list empties slowly. */
const USUAL_PAUSE_S = 60;

/** Answers are about one person: no cache may keep them. */
const noStore = { "cache-control": "no-store" };

function refusal(code: ErrorCode, detail: string, error: unknown): Response {
  const status = statusOf[code];
  if (status >= 500) faultsSlot.find()?.(error);
  const body: ErrorBody = { error: { code, detail } };
  const pause = code === "too_many" ? { "retry-after": String(pauseOf(error)) } : {};
  return Response.json(body, { status, headers: { ...noStore, ...pause } });
}

/** Whole seconds, at least one: a client that comes back at once would be sent away again. */
function pauseOf(error: unknown): number {
  const known = error instanceof Error && "retryAfterMs" in error ? error.retryAfterMs : null;
  return typeof known === "number" ? Math.max(1, Math.ceil(known / 1_000)) : USUAL_PAUSE_S;
}
