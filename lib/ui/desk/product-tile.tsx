"use client";
import Check from "lucide-react/icons/check";
import ChevronDown from "lucide-react/icons/chevron-down";
import Eye from "lucide-react/icons/eye";
import MessageSquarePlus from "lucide-react/icons/message-square-plus";
import MonitorUp from "lucide-react/icons/monitor-up";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import Sparkles from "lucide-react/icons/sparkles";
import { type KeyboardEvent, useId, useState } from "react";
import type { CatalogueProduct } from "@/lib/protocol/catalogue-answers";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { ProposeForm } from "./basket/propose-form";
import type { ProductActions } from "./catalogue-tab";
import { Picture } from "./picture";
import { PictureChoice } from "./picture-choice";
import { ProductDetail } from "./product-detail";
import { Price, Summary } from "./product-price";
import styles from "./product-tile.module.css";
import { PRODUCT_TYPE } from "./use-panel-drop";

/** A product in the drawer: picture, price, what an agent does with it, and its variants when she wants to know. */
export function ProductTile(props: {
  readonly product: CatalogueProduct;
  readonly actions: ProductActions;
  /** This customer looked at it. */
  readonly isSeen?: boolean;
}) {
  const { product, actions } = props;
  const t = useMessages<DeskKey>("desk");
  const words = useMessages<CatalogueKey>("catalogue");
  const basket = useMessages<BasketKey>("basket");
  const id = useId();
  const [note, setNote] = useState<string | null>(null);
  const [done, setDone] = useState<"shown" | "recommended" | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isProposing, setProposing] = useState(false);
  const { productId, title } = product;
  const canPropose = actions.enabled && product.available;

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
    const isPlain = onCard && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      setOpen(event.key === "ArrowRight");
      return;
    }
    if (isPlain && event.key === "b" && canPropose) {
      event.preventDefault();
      setProposing(true);
      return;
    }
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
          <Summary product={product} />
        </div>
        {props.isSeen && (
          <span className={styles.seen} title={words("seenTitle")} data-testid="seen">
            <Eye size={14} aria-hidden="true" />
            {words("seen")}
          </span>
        )}
      </div>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.more}
          data-testid="details"
          aria-expanded={isOpen}
          aria-controls={`${id}-detail`}
          aria-label={words("detailsOf", { title })}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronDown className={styles.chevron} size={16} aria-hidden="true" />
          {words("details")}
        </button>
        {product.pictureCount > 1 && (
          <PictureChoice
            productId={productId}
            title={title}
            count={product.pictureCount}
            disabled={!actions.enabled}
            onChoose={show}
          />
        )}
        <div className={styles.tools}>
          <IconButton
            label={basket("proposeName", { title })}
            aria-keyshortcuts="b"
            data-testid="propose"
            aria-expanded={isProposing}
            disabled={!canPropose}
            onClick={() => setProposing(!isProposing)}
          >
            <ShoppingBag size={18} aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t("addNote")}
            aria-expanded={note !== null}
            aria-controls={`${id}-note`}
            disabled={!actions.enabled}
            onClick={() => setNote(note === null ? "" : null)}
          >
            <MessageSquarePlus size={18} aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      {isOpen && <ProductDetail id={`${id}-detail`} product={product} actions={actions} />}
      {isProposing && (
        <ProposeForm product={product} propose={actions.propose} onClose={() => setProposing(false)} />
      )}
      {note !== null && (
        <textarea
          id={`${id}-note`}
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
          <DoneIcon isDone={done === "shown"} icon={MonitorUp} />
          {t("show")}
        </Button>
        <Button
          look="primary"
          data-testid="recommend"
          disabled={!actions.enabled}
          aria-label={t("recommendName", { title })}
          onClick={() => void recommend()}
        >
          <DoneIcon isDone={done === "recommended"} icon={Sparkles} />
          {t("recommend")}
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {done === null ? "" : t(done)}
      </p>
    </article>
  );
}

function DoneIcon(props: { readonly isDone: boolean; readonly icon: typeof Check }) {
  const Icon = props.isDone ? Check : props.icon;
  return <Icon size={16} aria-hidden="true" />;
}
