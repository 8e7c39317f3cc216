"use client";
import { useEffect, useState } from "react";
import type { Item } from "@/lib/panel/schema";
import type { PictureRef } from "@/lib/protocol/desk";
import type { ResolveItem } from "@/lib/ui/chat/item-resolver";
import { Picture } from "./picture";
import styles from "./row.module.css";

/** The picture that is on a panel now, small. */
export function ShownThumb(props: { readonly item: Item; readonly resolveItem: ResolveItem }) {
  const { resolveItem } = props;
  const { assetId, productId } = props.item;
  const [picture, setPicture] = useState<PictureRef | null>(null);
  useEffect(() => {
    let gone = false;
    void resolveItem({ assetId, productId }).then((item) => {
      if (!gone) setPicture(item);
    });
    return () => {
      gone = true;
    };
  }, [assetId, productId, resolveItem]);
  return <Picture className={styles.thumb} picture={picture} cssPixels={48} alt="" />;
}
