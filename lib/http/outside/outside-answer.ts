/** An answer from outside: read once, as a stream or whole, no more bytes than allowed. */
import type { Response } from "undici";
import { AppError } from "@/lib/protocol/errors";

export interface OutsideAnswer {
  readonly status: number;
  /** 2xx. */
  readonly ok: boolean;
  /** By name in small letters; null when it was not sent. */
  header(name: string): string | null;
  /** Where it came from in the end. */
  readonly url: string;
  /** Decoded. Leaving the loop ends the connection. @throws AppError too_large, unavailable; the signal's reason */
  readonly body: AsyncIterable<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  /** As UTF-8. */
  text(): Promise<string>;
  /** For a body that is not wanted. */
  cancel(): Promise<void>;
}

/** @throws AppError too_large when the answer itself says so */
export async function openAnswer(
  response: Response,
  url: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<OutsideAnswer> {
  const encoded = response.headers.get("content-encoding") !== null;
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (!encoded && announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(maxBytes);
  }
  const body = limited(response, maxBytes, signal);
  const bytes = async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return {
    status: response.status,
    ok: response.ok,
    header: (name) => response.headers.get(name),
    url,
    body,
    bytes,
    text: async () => new TextDecoder().decode(await bytes()),
    cancel: async () => response.body?.cancel(),
  };
}

async function* limited(
  response: Response,
  maxBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    signal?.throwIfAborted();
    throw new AppError("unavailable", "the answer broke off", { cause: error });
  }
}

const tooLarge = (maxBytes: number) => new AppError("too_large", `more than ${maxBytes} bytes`);
