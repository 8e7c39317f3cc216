/** Reads a request's JSON, no more bytes than allowed, into the shape a schema names. */
import type * as z from "zod/mini";
import { AppError } from "@/lib/protocol/errors";
import { MAX_JSON_BYTES } from "@/lib/protocol/limits";
import { readBytes } from "./read-bytes";

/** @throws AppError too_large, or bad_request that names the first wrong field. */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  maxBytes: number = MAX_JSON_BYTES,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(parse((await readBytes(request, maxBytes)).toString("utf8")));
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
