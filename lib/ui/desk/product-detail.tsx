"use client";
import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import MonitorUp from "lucide-react/icons/monitor-up";
import { useEffect, useState } from "react";
import type {
  CatalogueProduct,
  CatalogueProductDetail,
  RelatedProducts,
} from "@/lib/protocol/catalogue-answers";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { CatalogueKey } from "@/lib/ui/messages/catalogue";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import { useCatalogueOf } from "./catalogue-of";
import type { ProductActions } from "./catalogue-tab";
import { loadDetail, loadRelated } from "./desk-api";
import { Picture } from "./picture";
import styles from "./product-detail.module.css";
import { Price } from "./product-price";
import { ageOf } from "./waiting-reason";

type Related = RelatedProducts["related"];

/** From how many pieces on a shop's stock says nothing to a customer. */
const FEW_LEFT = 10;
/** How long a copied number says so, milliseconds. */
const COPIED_MS = 2_000;

/** All variants with price and stock, and what goes with the product. Fetched when it is opened. */
export function ProductDetail(props: {
  readonly id: string;
  readonly product: CatalogueProduct;
  readonly actions: ProductActions;
}) {
  const { productId, title } = props.product;
  const t = useMessages<CatalogueKey>("catalogue");
  const desk = useMessages<DeskKey>("desk");
  const [detail, setDetail] = useState<CatalogueProductDetail | null>(null);
  /** How old the shop's own answer was when it came; null for our tables. */
  const [age, setAge] = useState<string | null>(null);
  const [related, setRelated] = useState<Related>([]);
  const of = useCatalogueOf();
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: trying again is a reason of its own
  useEffect(() => {
    const stop = new AbortController();
    setFailed(false);
    loadDetail(of, productId, stop.signal).then(
      (found) => {
        setDetail(found);
        setAge(found.asOf === null ? null : ageOf(Math.max(0, Date.now() - found.asOf), desk));
      },
      () => setFailed(!stop.signal.aborted),
    );
    // Without it the rest is useful all the same.
    loadRelated(of, productId, stop.signal).then(setRelated, () => undefined);
    return () => stop.abort();
  }, [of, productId, tries, desk]);
  // Until more is known of them.
  const bare = props.product.variants.map((variant) => ({
    ...variant,
    sku: variant.externalId,
    stock: null,
  }));
  const variants = detail?.variants ?? bare;
  return (
    <section
      id={props.id}
      className={styles.detail}
      aria-label={t("detailsOf", { title })}
      data-testid="product-detail"
    >
      {failed && (
        <p className={styles.failed} role="alert">
          {t("failed")}
          <Button look="quiet" onClick={() => setTries(tries + 1)}>
            {t("again")}
          </Button>
        </p>
      )}
      <ul className={styles.variants} aria-label={t("variants")} aria-busy={detail === null && !failed}>
        {variants.map((variant) => (
          <li key={variant.externalId} className={styles.variant}>
            <span className={styles.label}>{variant.label}</span>
            <Stock available={variant.available} stock={variant.stock} />
            {variant.available && <Price product={{ ...variant, currency: props.product.currency }} />}
            <CopyNumber number={variant.sku} />
          </li>
        ))}
      </ul>
      {age !== null && (
        <p className={styles.age}>{age === desk("justNow") ? t("fromShopNow") : t("fromShop", { age })}</p>
      )}
      {(["shop", "together", "similar"] as const).map((reason) => (
        <RelatedStrip
          key={reason}
          reason={reason}
          related={related.filter((one) => one.reason === reason)}
          actions={props.actions}
        />
      ))}
    </section>
  );
}

function Stock({ available, stock }: { readonly available: boolean; readonly stock: number | null }) {
  const t = useMessages<CatalogueKey>("catalogue");
  const few = available && stock !== null && stock > 0 && stock < FEW_LEFT;
  return (
    <span className={styles.stock} data-stock={!available ? "none" : few ? "few" : "some"}>
      {!available ? t("soldOut") : few ? t("left", { count: stock }) : t("available")}
    </span>
  );
}

/** The article number; a press copies it. */
function CopyNumber({ number }: { readonly number: string }) {
  const t = useMessages<CatalogueKey>("catalogue");
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Where the browser forbids it the number can still be read, and marked by hand.
  const copy = () =>
    navigator.clipboard?.writeText(number).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button
      type="button"
      className={styles.number}
      data-testid="copy-number"
      aria-label={isCopied ? t("copied") : t("copy", { number })}
      onClick={() => void copy()}
    >
      <span className={styles.digits}>{number}</span>
      {isCopied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    </button>
  );
}

function RelatedStrip(props: {
  readonly reason: Related[number]["reason"];
  readonly related: Related;
  readonly actions: ProductActions;
}) {
  const { reason, related, actions } = props;
  const t = useMessages<CatalogueKey>("catalogue");
  const desk = useMessages<DeskKey>("desk");
  if (related.length === 0) return null;
  const heading = t(reason === "similar" ? "similar" : "goesWith");
  return (
    <section aria-label={heading} data-testid={`related-${reason}`}>
      <h4 className={styles.heading}>{heading}</h4>
      <ul className={styles.strip}>
        {related.map(({ product, orders }) => (
          <li key={product.productId} className={styles.related}>
            <Picture
              className={styles.picture}
              picture={product.picture}
              cssPixels={96}
              alt={product.picture ? "" : desk("noPicture")}
            />
            <span className={styles.title}>{product.title}</span>
            <Price product={product} />
            {reason === "together" && <span className={styles.why}>{t("together", { count: orders })}</span>}
            <IconButton
              className={styles.show ?? ""}
              label={desk("showName", { title: product.title })}
              disabled={!actions.enabled}
              onClick={() => void actions.show(product.productId, 0)}
            >
              <MonitorUp size={16} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
