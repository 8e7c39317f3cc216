"use client";
import Images from "lucide-react/icons/images";
import Play from "lucide-react/icons/play";
import { useState } from "react";
import type { CataloguePicture } from "@/lib/protocol/catalogue-answers";
import type { ProductId } from "@/lib/protocol/ids";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCatalogueOf } from "./catalogue-of";
import { loadDetail } from "./desk-api";
import { Picture } from "./picture";
import styles from "./product-tile.module.css";

/** A product's further pictures and its videos, fetched when asked for; a tap puts one on the panel. */
export function PictureChoice(props: {
  readonly productId: ProductId;
  readonly title: string;
  readonly count: number;
  readonly disabled: boolean;
  readonly onChoose: (pictureIndex: number) => Promise<void>;
}) {
  const t = useMessages<DeskKey>("desk");
  const { title } = props;
  const of = useCatalogueOf();
  const [pictures, setPictures] = useState<readonly CataloguePicture[] | null>(null);
  const load = async () => {
    try {
      setPictures((await loadDetail(of, props.productId)).pictures);
    } catch {
      // The button stays; a second tap tries again.
      setPictures(null);
    }
  };
  if (pictures === null) {
    return (
      <button type="button" className={styles.more} data-testid="more-pictures" onClick={() => void load()}>
        <Images size={16} aria-hidden="true" />
        {props.count}
      </button>
    );
  }
  return (
    <div className={styles.pictures}>
      {pictures.map((picture, index) => (
        <button
          key={picture.assetId}
          type="button"
          className={styles.choice}
          disabled={props.disabled}
          aria-label={t(picture.durationMs === null ? "picture" : "videoOf", { number: index + 1, title })}
          onClick={() => void props.onChoose(index)}
        >
          <Thumbnail picture={picture} />
        </button>
      ))}
    </div>
  );
}

function Thumbnail({ picture }: { readonly picture: CataloguePicture }) {
  const isVideo = picture.durationMs !== null;
  return (
    <>
      {isVideo && picture.sizes.length === 0 ? (
        // Without a poster the sign says all there is; that of a missing picture would lie under it.
        <span className={styles.choicePicture} />
      ) : (
        <Picture className={styles.choicePicture} picture={picture} cssPixels={44} alt="" />
      )}
      {isVideo && (
        <span className={styles.play} data-testid="plays">
          <Play size={14} fill="currentColor" aria-hidden="true" />
        </span>
      )}
    </>
  );
}
