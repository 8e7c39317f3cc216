import { useEffect } from "react";
import { picturesOf } from "./pictures-of";

/** Pictures pasted anywhere on the page, unless a part of it (the message field) has taken them already. */
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
