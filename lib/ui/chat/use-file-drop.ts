import { type DragEvent, useRef, useState } from "react";
import { filesOf } from "@/lib/ui/uploads/file-kind";

/** Makes an area take dropped pictures. `dragging` is true while files hang over it. */
export function useFileDrop(onFiles: ((files: readonly File[]) => void) | undefined) {
  const [dragging, setDragging] = useState(false);
  // Entering a child leaves its parent: only the balance tells whether the pointer is still inside.
  const inside = useRef(0);

  function end(): void {
    inside.current = 0;
    setDragging(false);
  }

  const carriesFiles = (event: DragEvent) =>
    onFiles !== undefined && event.dataTransfer.types.includes("Files");

  return {
    dragging,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        inside.current += 1;
        setDragging(true);
      },
      onDragOver(event: DragEvent) {
        if (carriesFiles(event)) event.preventDefault();
      },
      onDragLeave(event: DragEvent) {
        if (!carriesFiles(event)) return;
        inside.current -= 1;
        if (inside.current <= 0) end();
      },
      onDrop(event: DragEvent) {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        end();
        const files = filesOf(event.dataTransfer);
        if (files.length > 0) onFiles?.(files);
      },
    },
  };
}
