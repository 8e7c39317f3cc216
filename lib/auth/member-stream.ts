/**
 * Server-sent events for one of the shop's people. Who she is and whether she still may is asked again with every
 * heartbeat: the stream ends when her session or her role does.
 */
import type { MemberRole } from "@/lib/protocol/roles";
import { type Member, requireMember } from "./require-member";

/** Proxies close a silent connection after 30-60 s; a comment keeps it, and the session is checked again. */
const HEARTBEAT_MS = 15_000;

export interface MemberStreamOptions {
  readonly headers: Headers;
  /** The request's: aborted when the browser is gone. */
  readonly signal: AbortSignal;
  readonly leastRole: MemberRole;
  /** Begins to send; returns what stops it. */
  readonly start: (member: Member, send: (event: string, data: unknown) => void) => () => void;
}

/** @throws AppError unauthorized, forbidden */
export async function openMemberStream(options: MemberStreamOptions): Promise<ReadableStream<Uint8Array>> {
  const { headers, signal, leastRole } = options;
  const member = await requireMember(headers, leastRole);
  const encoder = new TextEncoder();
  let close = () => {};

  return new ReadableStream<Uint8Array>({
    start(controller) {
      let closed = false;
      const write = (text: string) => {
        if (!closed) controller.enqueue(encoder.encode(text));
      };
      const send = (event: string, data: unknown) =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      const end = () => {
        if (closed) return;
        close();
        controller.close();
      };
      const beat = async () => {
        try {
          await requireMember(headers, leastRole);
          write(": still here\n\n");
        } catch {
          send("signed-out", {});
          end();
        }
      };
      // Tells EventSource how soon to come back, milliseconds.
      write("retry: 1000\n\n");
      const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
      const stop = options.start(member, send);
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(heartbeat);
        stop();
      };
      signal.addEventListener("abort", end);
    },
    cancel() {
      close();
    },
  });
}
