/** Reads a request's JSON, no more bytes than allowed, into the shape a schema names. */
import type * as z from "zod/mini";
import { AppError } from "@/lib/protocol/errors";
import { MAX_JSON_BYTES } from "@/lib/protocol/limits";

/** @throws AppError too_large, or bad_request that names the first wrong field. */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  maxBytes: number = MAX_JSON_BYTES,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(parse(await readText(request, maxBytes)));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError("bad_request", `${issue?.path.join(".") || "body"}: ${issue?.message ?? "wrong shape"}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("bad_request", "not JSON", { cause });
  }
}

/** Counts while reading: a length header may lie or be missing. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch((cause: unknown) => {
      throw new AppError("bad_request", "the body broke off", { cause });
    });
    if (next === undefined || next.done) break;
    bytes += next.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new AppError("too_large", `at most ${maxBytes} bytes`);
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
