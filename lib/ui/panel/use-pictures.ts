"use client";
/** The resolved picture of an item, for thumbnails and the mini map. Null until known, or when it cannot be had. */
import { useEffect, useState } from "react";
import type { Item } from "@/lib/panel/schema";
import type { ResolvedItem } from "@/lib/protocol/http";
import { usePanelParts } from "./panel-provider";

export function useResolved(item: Item | null): ResolvedItem | null {
  const { resolveItem } = usePanelParts();
  const [resolved, setResolved] = useState<{ readonly id: string; readonly item: ResolvedItem } | null>(null);
  useEffect(() => {
    if (!item) return;
    let stale = false;
    resolveItem({ assetId: item.assetId, productId: item.productId }).then((answer) => {
      if (!stale && answer) setResolved({ id: item.id, item: answer });
    });
    return () => {
      stale = true;
    };
  }, [item, resolveItem]);
  return resolved !== null && resolved.id === item?.id ? resolved.item : null;
}
