"use client";
import { Check, MessageSquarePlus, MonitorUp, Sparkles } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { formatPrice, pricesOf } from "@/lib/ui/chat/format-price";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { ProductActions } from "./catalogue-tab";
import type { CatalogueProduct } from "./desk-api";
import { Picture } from "./picture";
import { PictureChoice } from "./picture-choice";
import styles from "./product-tile.module.css";
import { PRODUCT_TYPE } from "./use-panel-drop";

/** A product in the drawer: picture, price, and the two things an agent does with it. */
export function ProductTile(props: { readonly product: CatalogueProduct; readonly actions: ProductActions }) {
  const { product, actions } = props;
  const t = useMessages<DeskKey>("desk");
  const noteId = useId();
  const [note, setNote] = useState<string | null>(null);
  const [done, setDone] = useState<"shown" | "recommended" | null>(null);
  const { productId, title } = product;

  const show = async (pictureIndex = 0) => {
    if (await actions.show(productId, pictureIndex)) setDone("shown");
  };
  const recommend = async () => {
    if (!(await actions.recommend(productId, (note ?? "").trim()))) return;
    setDone("recommended");
    setNote(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const onCard = event.target === event.currentTarget;
    if (event.key !== "Enter" || !actions.enabled || !(onCard || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void show().then(() => (event.shiftKey ? recommend() : undefined));
  };
  return (
    <article
      className={styles.card}
      data-testid="product-card"
      data-product={productId}
      data-step=""
      tabIndex={-1}
      draggable={actions.enabled}
      aria-label={title}
      onDragStart={(event) => {
        event.dataTransfer.setData(PRODUCT_TYPE, productId);
        event.dataTransfer.effectAllowed = "copy";
      }}
      onKeyDown={onKeyDown}
    >
      <div className={styles.main}>
        <Picture
          className={styles.picture}
          picture={product.picture}
          cssPixels={88}
          alt={product.picture ? "" : t("noPicture")}
        />
        <div className={styles.text}>
          <h3 className={styles.title}>{title}</h3>
          <p className={styles.brand}>
            {[product.brand, product.externalId].filter((part) => part !== "").join(" · ")}
          </p>
          <Price product={product} />
        </div>
      </div>
      {product.pictureCount > 1 && (
        <PictureChoice
          productId={productId}
          title={title}
          count={product.pictureCount}
          disabled={!actions.enabled}
          onChoose={show}
        />
      )}
      {note !== null && (
        <textarea
          id={noteId}
          className={styles.note}
          rows={2}
          maxLength={1_000}
          aria-label={t("addNote")}
          placeholder={t("notePlaceholder")}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      <div className={styles.actions}>
        <Button
          data-testid="show-on-panel"
          disabled={!actions.enabled}
          aria-label={t("showName", { title })}
          onClick={() => void show()}
        >
          {done === "shown" ? (
            <Check size={16} aria-hidden="true" />
          ) : (
            <MonitorUp size={16} aria-hidden="true" />
          )}
          {t("show")}
        </Button>
        <Button
          look="primary"
          data-testid="recommend"
          disabled={!actions.enabled}
          aria-label={t("recommendName", { title })}
          onClick={() => void recommend()}
        >
          {done === "recommended" ? (
            <Check size={16} aria-hidden="true" />
          ) : (
            <Sparkles size={16} aria-hidden="true" />
          )}
          {t("recommend")}
        </Button>
        <IconButton
          label={t("addNote")}
          aria-expanded={note !== null}
          aria-controls={noteId}
          disabled={!actions.enabled}
          onClick={() => setNote(note === null ? "" : null)}
        >
          <MessageSquarePlus size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <p className="visually-hidden" role="status">
        {done === null ? "" : t(done)}
      </p>
    </article>
  );
}

function Price({ product }: { readonly product: CatalogueProduct }) {
  const t = useMessages<DeskKey>("desk");
  const locale = useLocale();
  const { now, before } = pricesOf(product);
  if (!product.available) return <p className={styles.soldOut}>{t("soldOut")}</p>;
  if (now === null) return null;
  return (
    <p className={styles.price}>
      <span data-sale={before !== null}>{formatPrice(now, product.currency, locale)}</span>
      {before !== null && <s>{formatPrice(before, product.currency, locale)}</s>}
    </p>
  );
}
