import { AppError } from "@/lib/protocol/errors";

/** A request's body as it was sent. Counts while reading: a length header may lie or be missing. @throws AppError too_large, bad_request */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
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
  return Buffer.concat(chunks);
}
