import Check from "lucide-react/icons/check";
import Eye from "lucide-react/icons/eye";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import { useId, useState } from "react";
import type { ProductCard } from "@/lib/protocol/chat";
import { Button } from "@/lib/ui/controls/button";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useMessages } from "@/lib/ui/messages/provider";
import { cartReason } from "./cart-reason";
import styles from "./chat-card.module.css";
import { cheapestOf } from "./format-price";
import { ItemPicture } from "./item-picture";
import type { ResolveItem } from "./item-resolver";
import type { LogActions } from "./log-actions";
import { PriceLine } from "./price-line";
import { WishButton } from "./wish-button";

/** Widest a card's picture is shown, CSS pixels. */
const CARD_PICTURE_PX = 280;

type CartState = "idle" | "adding" | "added" | "failed";

/** A product that an agent recommended: picture, price, and what one can do with it at once. */
export function RecommendationCard(props: {
  readonly product: ProductCard;
  readonly resolveItem: ResolveItem;
  readonly actions: LogActions;
}) {
  const { product, actions } = props;
  const t = useMessages<ChatKey>("chat");
  const titleId = useId();
  const sellable = product.variants.filter((variant) => variant.available);
  // The one whose price the agent's catalogue shows.
  const [chosen, setChosen] = useState(cheapestOf(sellable)?.externalId ?? "");
  const [cart, setCart] = useState<CartState>("idle");
  const [reason, setReason] = useState("");
  const [openFailed, setOpenFailed] = useState(false);
  const variant = product.variants.find((one) => one.externalId === chosen);
  const { openProduct, addToCart, openPage } = actions;

  async function put(): Promise<void> {
    if (addToCart === undefined) return;
    setCart("adding");
    const answer = await addToCart(product, chosen);
    setCart(answer.ok ? "added" : "failed");
    setReason(answer.reason);
  }

  async function open(): Promise<void> {
    setOpenFailed(false);
    await openProduct?.(product).catch(() => setOpenFailed(true));
  }

  return (
    <article className={styles.card} aria-labelledby={titleId}>
      <div className={styles.cardPicture}>
        <ItemPicture
          reference={product.pictureId && { assetId: product.pictureId, productId: product.productId }}
          resolveItem={props.resolveItem}
          cssPixels={CARD_PICTURE_PX}
          alt=""
          noPicture={t("noPicture")}
        />
      </div>
      <div className={styles.cardBody}>
        <h3 id={titleId} className={styles.title}>
          {openPage && product.url !== "" ? (
            <button
              type="button"
              className={styles.titleLink}
              title={t("openPage")}
              onClick={() => openPage(product)}
            >
              {product.title}
            </button>
          ) : (
            product.title
          )}
        </h3>
        <PriceLine {...(variant ?? product)} currency={product.currency} />
        {addToCart && sellable.length > 1 && (
          <select
            className={styles.select}
            data-testid="card-variant"
            aria-label={t("variant")}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              setCart("idle");
            }}
          >
            {product.variants.map((one) => (
              <option key={one.externalId} value={one.externalId} disabled={!one.available}>
                {one.available ? one.label : `${one.label} (${t("soldOut")})`}
              </option>
            ))}
          </select>
        )}
        {sellable.length === 0 && <p className={styles.hint}>{t("soldOut")}</p>}
        <div className={styles.buttons}>
          {openProduct && (
            <Button data-testid="card-open" onClick={() => void open()}>
              <Eye size={16} aria-hidden="true" />
              {t("openInPanel")}
            </Button>
          )}
          {addToCart && sellable.length > 0 && (
            <Button
              look="primary"
              data-testid="card-add-to-cart"
              aria-disabled={cart === "adding"}
              onClick={() => (cart === "adding" ? undefined : void put())}
            >
              {cart === "added" ? (
                <Check size={16} aria-hidden="true" />
              ) : (
                <ShoppingBag size={16} aria-hidden="true" />
              )}
              {cart === "added" ? t("added") : cart === "adding" ? t("adding") : t("addToCart")}
            </Button>
          )}
          {actions.addToWishlist && <WishButton product={product} add={actions.addToWishlist} />}
        </div>
        <p className={styles.status} role="status">
          {cart === "failed" ? cartReason(reason, t) : openFailed ? t("openFailed") : ""}
        </p>
      </div>
    </article>
  );
}
