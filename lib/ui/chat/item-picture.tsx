import EyeOff from "lucide-react/icons/eye-off";
import ImageOff from "lucide-react/icons/image-off";
import { useEffect, useState } from "react";
import styles from "./chat-card.module.css";
import { type ItemReference, pictureAddress, type ResolveItem } from "./item-resolver";

/** A picture of the conversation or the catalogue. Its place keeps its size while it loads and when there is none. */
export function ItemPicture(props: {
  readonly reference: ItemReference | null;
  readonly resolveItem: ResolveItem;
  /** Longest side as shown, CSS pixels. */
  readonly cssPixels: number;
  readonly alt: string;
  readonly noPicture: string;
  /** For what the shop's people have to ask for; asked again whenever `uncovered` grows. */
  readonly covered?: string;
  readonly uncovered?: number;
}) {
  const { resolveItem, cssPixels, uncovered = 0 } = props;
  const assetId = props.reference?.assetId ?? null;
  const productId = props.reference?.productId ?? null;
  const [address, setAddress] = useState<string | null | "loading" | "covered">("loading");

  // biome-ignore lint/correctness/useExhaustiveDependencies: that something was uncovered is a reason to ask again
  useEffect(() => {
    let gone = false;
    if (assetId === null) {
      setAddress(null);
      return;
    }
    void resolveItem({ assetId, productId }).then((item) => {
      if (gone) return;
      if (item?.covered) setAddress("covered");
      else setAddress(item === null ? null : pictureAddress(item, cssPixels));
    });
    return () => {
      gone = true;
    };
  }, [assetId, productId, cssPixels, resolveItem, uncovered]);

  if (address === "loading") return <span className={styles.skeleton} aria-hidden="true" />;
  if (address === null || address === "covered") {
    const Icon = address === null ? ImageOff : EyeOff;
    const words = address === null ? props.noPicture : props.covered;
    return (
      <span className={styles.missing} role="img" aria-label={words}>
        <Icon size={20} aria-hidden="true" />
      </span>
    );
  }
  return (
    <img
      className={styles.picture}
      src={address}
      alt={props.alt}
      draggable={false}
      onError={() => setAddress(null)}
    />
  );
}
