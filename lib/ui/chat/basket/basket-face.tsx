import { type ReactNode, useId } from "react";
import type { BasketLine, BasketProposal } from "@/lib/protocol/basket";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import cardStyles from "../chat-card.module.css";
import { formatPrice } from "../format-price";
import { ItemPicture } from "../item-picture";
import type { ResolveItem } from "../item-resolver";
import styles from "./basket.module.css";

/** Longest side of a card's picture, CSS pixels. */
const PICTURE_PX = 88;

type Terms = Omit<BasketProposal, "kind" | "text"> & Partial<BasketLine>;

/** The variant's own words: an article number tells a customer nothing. */
export const variantOf = ({ label, externalId }: Pick<Terms, "label" | "externalId">): string =>
  label === externalId ? "" : label;

/** What is proposed: picture, title, variant and price; what one can do about it comes below. */
export function BasketFace(props: {
  readonly terms: Terms;
  readonly resolveItem: ResolveItem;
  readonly onTitle?: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  const { terms, onTitle } = props;
  const t = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const titleId = useId();
  const variant = variantOf(terms);
  return (
    <article
      className={`${cardStyles.card} ${styles.card}`}
      aria-labelledby={titleId}
      data-testid="basket-card"
      data-state={terms.state ?? ""}
    >
      <div className={styles.head}>
        <div className={styles.picture}>
          <ItemPicture
            reference={terms.pictureId && { assetId: terms.pictureId, productId: terms.productId }}
            resolveItem={props.resolveItem}
            cssPixels={PICTURE_PX}
            alt=""
            noPicture={t("noPicture")}
          />
        </div>
        <div className={styles.text}>
          <h3 id={titleId} className={cardStyles.title}>
            {onTitle && terms.url !== "" ? (
              <button type="button" className={cardStyles.titleLink} title={t("openPage")} onClick={onTitle}>
                {terms.title}
              </button>
            ) : (
              terms.title
            )}
          </h3>
          {variant !== "" && <p className={styles.variant}>{variant}</p>}
          <p className={cardStyles.price}>{formatPrice(terms.unitMinor, terms.currency, locale)}</p>
        </div>
      </div>
      {props.children}
    </article>
  );
}
