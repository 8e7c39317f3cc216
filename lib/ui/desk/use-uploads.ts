"use client";
import { useCallback, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { Sending } from "@/lib/protocol/presence";
import type { Room } from "@/lib/sync/client/room";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { kindOf, maxMegabytes } from "@/lib/ui/uploads/file-kind";
import { asAppError, type SendProgress, sendFile } from "@/lib/ui/uploads/send-file";
import { useTellSending } from "@/lib/ui/uploads/sending";
import { errorWords } from "./error-words";
import type { Toasts } from "./use-toasts";

/**
 * Sends files into the open conversation, one after the other, and says how far they are. With a title they are pictures of the
 * customer's page.
 */
export function useUploads(conversationId: ConversationId | null, room: Room | null, toasts: Toasts) {
  const t = useMessages<DeskKey>("desk");
  const { show, dismiss } = toasts;
  const [sending, setSending] = useState<Sending | null>(null);
  useTellSending(room, sending === null ? [] : [sending]);
  return useCallback(
    (files: readonly File[], frozenTitle?: string) => {
      if (conversationId === null) return;
      const send = async (file: File) => {
        const words = ({ phase, share }: SendProgress) =>
          t(phase, { name: file.name, percent: Math.round(share * 100) });
        const stop = new AbortController();
        const { signal } = stop;
        const cancel = () => stop.abort();
        const id = show(words({ phase: "sending", share: 0 }), "busy", undefined, cancel);
        const what = kindOf(file);
        const onProgress = (progress: SendProgress) => {
          if (signal.aborted) return;
          show(words(progress), "busy", id, cancel);
          if (what !== null) setSending({ what, ...progress });
        };
        const how = { conversationId, authorization: () => ({}), file, frozenTitle };
        await sendFile({ ...how, signal, onProgress }).then(
          () => show(t("uploaded"), "done", id),
          (error: unknown) =>
            signal.aborted
              ? dismiss(id)
              : show(t(errorWords(asAppError(error)), { megabytes: maxMegabytes(what) }), "error", id),
        );
        setSending(null);
      };
      void files.reduce((before, file) => before.then(() => send(file)), Promise.resolve());
    },
    [conversationId, show, dismiss, t],
  );
}
