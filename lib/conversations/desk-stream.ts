/**
 * One desk's live feed as server-sent events: `desk` carries the whole snapshot, `customer` the ids whose facts to read
 * again. Ends when the member's session does.
 */
import { requireMember } from "@/lib/auth/require-member";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ConversationId } from "@/lib/protocol/ids";
import { onDeskChange } from "./desk-feed";
import { loadDeskSnapshot } from "./desk-snapshot";

/** Proxies close a silent connection after 30-60 s; a comment keeps it, and the session is checked again. */
const HEARTBEAT_MS = 15_000;

/** @throws AppError unauthorized, forbidden */
export async function openDeskStream(
  headers: Headers,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const member = await requireMember(headers, "agent");
  const encoder = new TextEncoder();
  const { memberId, shopId, name } = member;
  let close = () => {};

  return new ReadableStream<Uint8Array>({
    start(controller) {
      let closed = false;
      let last = "";
      /** One snapshot at a time; a change during the reading asks for one more afterwards. */
      let state: "idle" | "reading" | "again" = "idle";

      const write = (text: string) => {
        if (!closed) controller.enqueue(encoder.encode(text));
      };
      const refresh = async (): Promise<void> => {
        if (closed) return;
        if (state !== "idle") {
          state = "again";
          return;
        }
        state = "reading";
        await sendSnapshot().catch((error: unknown) => faultsSlot.find()?.(error));
        const again = (state as string) === "again";
        state = "idle";
        if (again) await refresh();
      };
      const sendSnapshot = async () => {
        const { now, ...lists } = await loadDeskSnapshot({ shopId, memberId });
        const text = JSON.stringify(lists);
        if (text === last) return;
        last = text;
        write(`event: desk\ndata: ${JSON.stringify({ now, ...lists })}\n\n`);
      };
      const onChange = (changed: readonly ConversationId[]) => {
        void refresh().then(() => write(`event: customer\ndata: ${JSON.stringify(changed)}\n\n`));
      };
      const beat = async () => {
        try {
          await requireMember(headers, "agent");
          write(": still here\n\n");
        } catch {
          write("event: signed-out\ndata: {}\n\n");
          end();
        }
      };

      const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS);
      const stopListening = onDeskChange({ shopId, memberId, name, onChange });
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(heartbeat);
        stopListening();
      };
      const end = () => {
        if (closed) return;
        close();
        controller.close();
      };
      signal.addEventListener("abort", end);
      // Tells EventSource how soon to come back, milliseconds.
      write("retry: 1000\n\n");
      void refresh();
    },
    cancel() {
      close();
    },
  });
}
