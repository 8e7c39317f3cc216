/**
 * One desk's live feed as server-sent events: `desk` carries the whole snapshot, `customer` the ids whose facts to read
 * again. Ends when the member's session does.
 */
import { openMemberStream } from "@/lib/auth/member-stream";
import { faultsSlot } from "@/lib/protocol/faults-slot";
import type { ConversationId } from "@/lib/protocol/ids";
import { onDeskChange } from "./desk-feed";
import { loadDeskSnapshot } from "./desk-snapshot";

/** @throws AppError unauthorized, forbidden */
export function openDeskStream(headers: Headers, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  return openMemberStream({
    headers,
    signal,
    leastRole: "agent",
    start({ shopId, memberId, name }, send) {
      let closed = false;
      let last = "";
      /** One snapshot at a time; a change during the reading asks for one more afterwards. */
      let state: "idle" | "reading" | "again" = "idle";

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
        send("desk", { now, ...lists });
      };
      const onChange = (changed: readonly ConversationId[]) => {
        void refresh().then(() => send("customer", changed));
      };

      const stopListening = onDeskChange({ shopId, memberId, name, onChange });
      void refresh();
      return () => {
        closed = true;
        stopListening();
      };
    },
  });
}
