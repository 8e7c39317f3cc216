"use client";
import { type FormEvent, type KeyboardEvent, useEffect, useState } from "react";
import type { BasketLine } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import { Button } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./basket.module.css";
import { VariantSelect } from "./variant-select";

export type Variants = Pick<ProductCard, "currency" | "variants">;

/** Another variant for a line that waits. Enter proposes it, Escape thinks again. */
export function ChangeVariant(props: {
  readonly line: BasketLine;
  /** Rejects as the server refuses. */
  readonly loadVariants: (line: BasketLine) => Promise<Variants>;
  readonly onFailed: (error: unknown) => void;
  readonly onChoose: (externalId: string) => void;
  readonly onClose: () => void;
}) {
  const { line } = props;
  const t = useMessages<BasketKey>("basket");
  const [offer, setOffer] = useState<Variants | null>(null);
  const [chosen, setChosen] = useState(line.externalId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it is opened
  useEffect(() => {
    let open = true;
    props.loadVariants(line).then(
      (found) => open && setOffer(found),
      (error: unknown) => {
        if (!open) return;
        props.onFailed(error);
        props.onClose();
      },
    );
    return () => {
      open = false;
    };
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== line.externalId) props.onChoose(chosen);
    props.onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    props.onClose();
  };
  return (
    <form
      className={styles.change}
      aria-label={t("otherVariantName", { title: line.title })}
      aria-busy={offer === null}
      data-testid="change-variant-form"
      onSubmit={send}
      onKeyDown={onKeyDown}
    >
      {offer && (
        <VariantSelect
          variants={offer.variants}
          currency={offer.currency}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      <div className={styles.buttons}>
        <Button look="primary" type="submit" data-testid="change-variant-send" disabled={offer === null}>
          {t("send")}
        </Button>
        <Button onClick={props.onClose}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
