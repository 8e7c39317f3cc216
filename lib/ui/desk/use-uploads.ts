"use client";
import { useCallback } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { errorWords } from "./error-words";
import { uploadPicture } from "./upload-picture";
import type { Toasts } from "./use-toasts";

/** Sends pictures into the open conversation, one after the other, and says how far they are. */
export function useUploads(conversationId: ConversationId | null, toasts: Toasts) {
  const t = useMessages<DeskKey>("desk");
  const { show } = toasts;
  return useCallback(
    (files: readonly File[]) => {
      if (conversationId === null) return;
      const send = async (file: File) => {
        const words = (share: number) =>
          t("uploading", { name: file.name, percent: Math.round(share * 100) });
        const id = show(words(0), "busy");
        await uploadPicture(conversationId, file, (share) => show(words(share), "busy", id)).then(
          () => show(t("uploaded"), "done", id),
          (error: unknown) => show(t(errorWords(error)), "error", id),
        );
      };
      void files.reduce((before, file) => before.then(() => send(file)), Promise.resolve());
    },
    [conversationId, show, t],
  );
}
