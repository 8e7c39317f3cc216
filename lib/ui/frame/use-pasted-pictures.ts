import { useEffect } from "react";
import { picturesOf } from "@/lib/ui/chat/pictures-of";

/** Pictures pasted anywhere in the frame, unless a part of it has taken them already. */
export function usePastedPictures(onFiles: ((files: readonly File[]) => void) | undefined): void {
  useEffect(() => {
    if (onFiles === undefined) return;
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
