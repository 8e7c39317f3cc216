"use client";
import { type DragEvent, useRef, useState } from "react";
import { filesOf } from "@/lib/ui/uploads/file-kind";

/** What a dragged product card carries. */
export const PRODUCT_TYPE = "application/x-vetrina-product";

/** Lets pictures and product cards be dropped onto the panel. */
export function usePanelDrop(
  allowed: boolean,
  onFiles: (files: readonly File[]) => void,
  onProduct: (productId: string) => void,
) {
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only the balance tells whether the pointer is still inside.
  const inside = useRef(0);
  const carries = ({ dataTransfer: { types } }: DragEvent) =>
    types.includes("Files") || types.includes(PRODUCT_TYPE);
  const fits = (event: DragEvent) => allowed && carries(event);
  const end = () => {
    inside.current = 0;
    setOver(false);
  };
  return {
    over,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!fits(event)) return;
        event.preventDefault();
        inside.current += 1;
        setOver(true);
      },
      onDragOver(event: DragEvent) {
        if (!carries(event)) return;
        // Also what is not allowed yet: a browser would leave the page and open the file.
        event.preventDefault();
        if (!allowed) event.dataTransfer.dropEffect = "none";
      },
      onDragLeave(event: DragEvent) {
        if (!fits(event)) return;
        inside.current -= 1;
        if (inside.current <= 0) end();
      },
      onDrop(event: DragEvent) {
        if (carries(event)) event.preventDefault();
        if (!fits(event)) return;
        end();
        const productId = event.dataTransfer.getData(PRODUCT_TYPE);
        if (productId !== "") onProduct(productId);
        const files = filesOf(event.dataTransfer);
        if (files.length > 0) onFiles(files);
      },
    },
  };
}
