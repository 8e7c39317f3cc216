/** Files on their way, as plain values: what may follow what. Bytes, requests and previews live outside. */
import { type FileKind, isTooLarge } from "@/lib/ui/uploads/file-kind";
import type { SendError, SendProgress } from "@/lib/ui/uploads/send-file";

/** Requests at once: a phone's line is not made faster by more. */
export const UPLOADS_AT_ONCE = 2;
/** Photos chosen at once; more is most likely a whole folder by mistake. */
export const MAX_WAITING = 20;

type UploadState =
  | { readonly kind: "queued" }
  /** Of the bytes that left, or of the server's reading, a share from 0 to 1. */
  | ({ readonly kind: "sending" } & SendProgress)
  | { readonly kind: "failed"; readonly error: SendError };

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** Null for what looks like nothing that can be shown. */
  readonly what: FileKind | null;
  readonly state: UploadState;
}

export type UploadEvent =
  | { readonly type: "added"; readonly files: readonly Omit<Upload, "state">[] }
  | { readonly type: "started"; readonly id: string }
  | { readonly type: "progressed"; readonly id: string; readonly progress: SendProgress }
  | { readonly type: "failed"; readonly id: string; readonly error: SendError }
  | { readonly type: "retried"; readonly id: string }
  /** Stored, cancelled or dismissed: gone from the queue. */
  | { readonly type: "left"; readonly id: string };

export function changeQueue(queue: readonly Upload[], event: UploadEvent): readonly Upload[] {
  switch (event.type) {
    case "added":
      return [
        ...queue,
        ...event.files
          .slice(0, Math.max(0, MAX_WAITING - queue.length))
          .map((file) => ({ ...file, state: firstState(file) })),
      ];
    case "started":
      return change(queue, event.id, ["queued"], { kind: "sending", phase: "sending", share: 0 });
    case "progressed":
      return queue.map((one) =>
        one.id === event.id && one.state.kind === "sending"
          ? { ...one, state: { kind: "sending", ...further(one.state, event.progress) } }
          : one,
      );
    case "failed":
      return change(queue, event.id, ["queued", "sending"], { kind: "failed", error: event.error });
    case "retried":
      return queue.map((one) =>
        one.id === event.id && canRetry(one) ? { ...one, state: { kind: "queued" } } : one,
      );
    case "left":
      return queue.filter((one) => one.id !== event.id);
  }
}

/** Those that may start now, oldest first. */
export function nextToStart(queue: readonly Upload[]): readonly Upload[] {
  const sending = queue.filter((one) => one.state.kind === "sending").length;
  return queue.filter((one) => one.state.kind === "queued").slice(0, Math.max(0, UPLOADS_AT_ONCE - sending));
}

/** What may go well the next time: lines, servers, a page that knows who she is again. A damaged picture stays one. */
const passing: readonly SendError[] = [
  "offline",
  "unavailable",
  "too_many",
  "unauthorized",
  "not_found",
  "conflict",
  "bad_request",
  "drawing_locked",
  "shop_full",
  "takes_too_long",
  "internal",
];

export const canRetry = ({ state }: Upload): boolean =>
  state.kind === "failed" && passing.includes(state.error);

/** Never back: a part that has to be sent again is no step that anybody wants to see. */
function further(now: SendProgress, next: SendProgress): SendProgress {
  const share = Math.min(1, next.share);
  if (now.phase !== next.phase) return now.phase === "reading" ? now : { phase: "reading", share };
  return { phase: now.phase, share: Math.max(now.share, share) };
}

function firstState({ what, bytes }: Omit<Upload, "state">): UploadState {
  if (isTooLarge(what, bytes)) return { kind: "failed", error: "too_large" };
  if (bytes === 0) return { kind: "failed", error: "empty" };
  return { kind: "queued" };
}

function change(
  queue: readonly Upload[],
  id: string,
  from: readonly UploadState["kind"][],
  state: UploadState,
): readonly Upload[] {
  return queue.map((one) => (one.id === id && from.includes(one.state.kind) ? { ...one, state } : one));
}
