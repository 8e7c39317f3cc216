import ImageOff from "lucide-react/icons/image-off";
import type { PictureRef } from "@/lib/protocol/desk";
import styles from "./picture.module.css";

/** A stored picture in the smallest size that is sharp here; a quiet tile where there is none. */
export function Picture(props: {
  readonly picture: PictureRef | null;
  /** Longest side as shown, CSS pixels. */
  readonly cssPixels: number;
  readonly alt: string;
  readonly className?: string | undefined;
}) {
  const { picture, cssPixels, alt, className = "" } = props;
  const sizes = picture?.sizes ?? [];
  const fallback = sizes.find((size) => size.longest >= cssPixels) ?? sizes.at(-1);
  if (fallback === undefined) {
    return (
      <span
        className={`${styles.missing} ${className}`}
        {...(alt === "" ? { "aria-hidden": true } : { role: "img", "aria-label": alt })}
      >
        <ImageOff size={16} aria-hidden="true" />
      </span>
    );
  }
  const sharp = sizes.find((size) => size.longest >= cssPixels * 2) ?? sizes.at(-1);
  const set = sharp && sharp !== fallback ? `${fallback.url} 1x, ${sharp.url} 2x` : undefined;
  return (
    <img
      className={`${styles.picture} ${className}`}
      src={fallback.url}
      srcSet={set}
      alt={alt}
      loading="lazy"
      draggable={false}
    />
  );
}
