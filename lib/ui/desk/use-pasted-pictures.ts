"use client";
import { useEffect } from "react";
import { picturesOf } from "@/lib/ui/chat/pictures-of";

/** A picture pasted anywhere on the desk goes to the open conversation; the message field takes its own. */
export function usePastedPictures(onFiles: ((files: readonly File[]) => void) | null): void {
  useEffect(() => {
    if (onFiles === null) return;
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented) return;
      const pictures = picturesOf(event.clipboardData);
      if (pictures.length === 0) return;
      event.preventDefault();
      onFiles(pictures);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [onFiles]);
}
