import { useEffect } from "react";
import { filesOf } from "@/lib/ui/uploads/file-kind";

/** Pictures pasted anywhere on the page, unless a part of it (the message field) has taken them already. */
export function usePastedPictures(onFiles: ((files: readonly File[]) => void) | null): void {
  useEffect(() => {
    if (onFiles === null) return;
    const onPaste = (event: ClipboardEvent) => {
      if (event.defaultPrevented) return;
      const files = filesOf(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [onFiles]);
}
