"use client";
import { useId, useState, useSyncExternalStore } from "react";
import type { WindowPicture, WindowProduct } from "@/lib/catalogue/demo-window";
import type { DemoKey } from "@/lib/ui/messages/demo";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { cartLine } from "./cart-line";
import { addLine } from "./cart-store";
import styles from "./demo.module.css";
import { formatMoney } from "./money";
import { Picture } from "./picture";
import { vetrina } from "./vetrina";

const unique = (values: readonly string[]) => [...new Set(values.filter((value) => value !== ""))];

/** A picture that names the colour shows it better than the first one. */
function pictureOf(pictures: readonly WindowPicture[], color: string): number {
  const word = color.toLowerCase().split(/[\s,]/)[0] ?? "";
  const found = word ? pictures.findIndex((picture) => picture.alt.toLowerCase().includes(word)) : -1;
  return Math.max(0, found);
}

const never = () => () => {};
/** False until the page's script runs: a press before that would be lost. */
const useAwake = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** Gallery and buying of one product: pictures, colour, size, price, cart, question. */
export function ProductForm({ product }: { readonly product: WindowProduct }) {
  const t = useMessages<DemoKey>("demo");
  const locale = useLocale();
  const group = useId();
  const awake = useAwake();
  const colors = unique(product.variants.map((variant) => variant.color));
  const first = product.variants.find((variant) => variant.available) ?? product.variants[0];
  const [color, setColor] = useState(first?.color ?? "");
  const [size, setSize] = useState(product.variants.length === 1 ? (first?.size ?? "") : "");
  const [shown, setShown] = useState(0);
  const [note, setNote] = useState<"added" | "choose" | null>(null);

  const ofColor = product.variants.filter((variant) => colors.length === 0 || variant.color === color);
  const sizes = ofColor.filter((variant) => variant.size !== "");
  const variant = sizes.length > 0 ? sizes.find((one) => one.size === size) : ofColor[0];
  const priced = variant ?? ofColor[0] ?? first;
  const picture = product.pictures[shown];

  function add() {
    if (!variant?.available) {
      setNote("choose");
      return;
    }
    addLine(cartLine(product, variant, pictureOf(product.pictures, variant.color)), 1);
    setNote("added");
  }

  return (
    <div className={styles.product}>
      <div className={styles.gallery}>
        <div className={styles.stage}>
          {picture && (
            <Picture
              key={picture.assetId}
              picture={picture}
              sizes="(min-width: 900px) 56vw, 100vw"
              eager
              alt={`${product.title}. ${picture.alt}`}
            />
          )}
        </div>
        {product.pictures.length > 1 && (
          <ul className={styles.thumbs}>
            {product.pictures.map((one, index) => (
              <li key={one.assetId}>
                <button
                  type="button"
                  className={styles.thumb}
                  aria-pressed={index === shown}
                  aria-label={t("picture", { number: index + 1, count: product.pictures.length })}
                  onClick={() => setShown(index)}
                >
                  <Picture picture={one} sizes="88px" alt="" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={styles.buy}>
        <p className={styles.kicker}>{product.category.split(" > ").at(-1)}</p>
        <h1 className={styles.title}>{product.title}</h1>
        {priced && (
          <p className={styles.price}>
            {priced.saleMinor !== null && (
              <>
                <s>{formatMoney(priced.priceMinor, priced.currency, locale)}</s>{" "}
              </>
            )}
            <strong>{formatMoney(priced.saleMinor ?? priced.priceMinor, priced.currency, locale)}</strong>
            {priced.saleMinor !== null && <span className={styles.saleTag}>{t("sale")}</span>}
          </p>
        )}
        {colors.length > 0 && (
          <fieldset className={styles.options} disabled={!awake}>
            <legend>{t("color")}</legend>
            {colors.map((one) => (
              <label key={one} className={styles.option}>
                <input
                  type="radio"
                  name={`${group}-color`}
                  checked={one === color}
                  onChange={() => {
                    setColor(one);
                    setSize("");
                    setNote(null);
                    setShown(pictureOf(product.pictures, one));
                  }}
                />
                <span>{one}</span>
              </label>
            ))}
          </fieldset>
        )}
        {sizes.length > 0 && (
          <fieldset className={styles.options} disabled={!awake}>
            <legend>{t("size")}</legend>
            {sizes.map((one) => (
              <label key={one.id} className={styles.option}>
                <input
                  type="radio"
                  name={`${group}-size`}
                  checked={one.size === size}
                  disabled={!one.available}
                  onChange={() => {
                    setSize(one.size);
                    setNote(null);
                  }}
                />
                <span>{one.size}</span>
              </label>
            ))}
          </fieldset>
        )}
        <button
          type="button"
          className={styles.primary}
          onClick={add}
          disabled={!awake || !ofColor.some((one) => one.available)}
          data-testid="add-to-cart"
        >
          {ofColor.some((one) => one.available) ? t("addToCart") : t("soldOut")}
        </button>
        <p className={styles.note} role="status">
          {note === "added" ? t("added") : note === "choose" ? t("chooseSize") : ""}
        </p>
        <button
          type="button"
          className={styles.secondary}
          disabled={!awake}
          data-testid="ask-about"
          onClick={() => vetrina("open", { product: product.id })}
        >
          {t("ask")}
        </button>
        <p className={styles.hint}>{t("askHint")}</p>
        <p className={styles.description}>{product.description}</p>
        {product.brand && <p className={styles.hint}>{t("madeBy", { brand: product.brand })}</p>}
        <p className={styles.hint}>{t("shippingFree")}</p>
      </div>
    </div>
  );
}
