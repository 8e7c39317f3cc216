import type { WindowPicture } from "@/lib/catalogue/demo-window";

/** Address of a catalogue picture on the shop's own pages. */
export const pictureUrl = (assetId: string, longest: number) => `/demo/pictures/${assetId}/${longest}`;

export function Picture(props: {
  readonly picture: WindowPicture;
  readonly sizes: string;
  readonly eager?: boolean;
  readonly alt?: string;
  readonly className?: string | undefined;
}) {
  const { picture } = props;
  const portrait = picture.height > picture.width;
  const width = (longest: number) =>
    portrait ? Math.round((longest * picture.width) / picture.height) : longest;
  const middle = picture.sizes.find((size) => size >= 600) ?? picture.sizes.at(-1) ?? 0;
  return (
    <img
      src={pictureUrl(picture.assetId, middle)}
      srcSet={picture.sizes.map((size) => `${pictureUrl(picture.assetId, size)} ${width(size)}w`).join(", ")}
      sizes={props.sizes}
      width={picture.width}
      height={picture.height}
      alt={props.alt ?? picture.alt}
      className={props.className}
      loading={props.eager ? "eager" : "lazy"}
      fetchPriority={props.eager ? "high" : "auto"}
      decoding="async"
    />
  );
}
