/** The upload queue at work: starts what may start, keeps the files and their previews, forgets them when done. */

import { useCallback, useEffect, useReducer, useRef } from "react";
import { randomId } from "@/lib/sync/client/random-id";
import { kindOf } from "@/lib/ui/uploads/file-kind";
import { SendFileError, type SendProgress } from "@/lib/ui/uploads/send-file";
import { changeQueue, nextToStart, type Upload } from "./upload-queue";

export type Send = (
  file: File,
  signal: AbortSignal,
  onProgress: (progress: SendProgress) => void,
) => Promise<unknown>;

interface Held {
  readonly file: File;
  /** Object URL; null for what browsers cannot show (HEIC outside of Safari fails on its own, see UploadTile). */
  readonly preview: string;
  abort: AbortController;
}

export interface Uploads {
  readonly queue: readonly Upload[];
  readonly previewOf: (id: string) => string | undefined;
  readonly add: (files: readonly File[]) => void;
  readonly retry: (id: string) => void;
  /** Cancels what is being sent, dismisses what failed. */
  readonly remove: (id: string) => void;
}

export function useUploads(send: Send, onSent: () => void): Uploads {
  const [queue, tell] = useReducer(changeQueue, []);
  const held = useRef(new Map<string, Held>());
  const latest = useRef({ send, onSent });
  useEffect(() => {
    latest.current = { send, onSent };
  }, [send, onSent]);

  const leave = useCallback((id: string) => {
    const one = held.current.get(id);
    if (one) URL.revokeObjectURL(one.preview);
    held.current.delete(id);
    tell({ type: "left", id });
  }, []);

  const start = useCallback(
    async (id: string) => {
      const one = held.current.get(id);
      if (one === undefined) return;
      tell({ type: "started", id });
      try {
        await latest.current.send(one.file, one.abort.signal, (progress) => {
          tell({ type: "progressed", id, progress });
        });
        leave(id);
        latest.current.onSent();
      } catch (error) {
        if (one.abort.signal.aborted) return;
        tell({ type: "failed", id, error: error instanceof SendFileError ? error.code : "internal" });
      }
    },
    [leave],
  );

  useEffect(() => {
    for (const next of nextToStart(queue)) void start(next.id);
  }, [queue, start]);

  useEffect(() => {
    const all = held.current;
    return () => {
      for (const one of all.values()) {
        one.abort.abort();
        URL.revokeObjectURL(one.preview);
      }
    };
  }, []);

  const add = useCallback((files: readonly File[]) => {
    const added = files.map((file) => {
      const id = randomId();
      held.current.set(id, { file, preview: URL.createObjectURL(file), abort: new AbortController() });
      return { id, name: file.name, bytes: file.size, what: kindOf(file) };
    });
    tell({ type: "added", files: added });
  }, []);

  const retry = useCallback((id: string) => tell({ type: "retried", id }), []);

  const remove = useCallback(
    (id: string) => {
      held.current.get(id)?.abort.abort();
      leave(id);
    },
    [leave],
  );

  const previewOf = useCallback((id: string) => held.current.get(id)?.preview, []);
  return { queue, previewOf, add, retry, remove };
}
