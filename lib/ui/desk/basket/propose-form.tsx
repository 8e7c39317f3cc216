"use client";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import type { ProductCard } from "@/lib/protocol/chat";
import type { ProductId } from "@/lib/protocol/ids";
import { QuantityStepper } from "@/lib/ui/chat/basket/quantity-stepper";
import { Button } from "@/lib/ui/controls/button";
import type { BasketKey } from "@/lib/ui/messages/basket";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./basket.module.css";
import { basketErrorWords } from "./error-words";
import { VariantSelect } from "./variant-select";

/** As the server rejects it. */
export type Propose = (
  productId: ProductId,
  externalId: string,
  quantity: number,
  text: string,
) => Promise<void>;

/** Characters of what the agent says to it; as the protocol takes it. */
const MAX_NOTE_CHARS = 1_000;

/** Which variant and how many she proposes. Enter sends, Escape closes. */
export function ProposeForm(props: {
  readonly product: Pick<ProductCard, "productId" | "title" | "currency" | "variants">;
  readonly propose: Propose;
  /** @param proposed false: she thought again */
  readonly onClose: (proposed: boolean) => void;
}) {
  const { productId, title, currency, variants } = props.product;
  const t = useMessages<BasketKey>("basket");
  const noteId = useId();
  const [chosen, setChosen] = useState(variants.find(({ available }) => available)?.externalId ?? "");
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<BasketKey | null>(null);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || chosen === "") return;
    setBusy(true);
    setFailed(null);
    try {
      await props.propose(productId, chosen, quantity, note.trim());
      props.onClose(true);
    } catch (error) {
      setFailed(basketErrorWords(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The tile has keys of its own.
    event.stopPropagation();
    if (event.key === "Escape") props.onClose(false);
  };
  return (
    <form
      className={styles.form}
      aria-label={t("proposeName", { title })}
      data-testid="propose-form"
      onSubmit={send}
      onKeyDown={onKeyDown}
    >
      <VariantSelect variants={variants} currency={currency} chosen={chosen} onChoose={setChosen} />
      <QuantityStepper quantity={quantity} onQuantity={setQuantity} disabled={busy} />
      <textarea
        id={noteId}
        className={styles.note}
        rows={2}
        maxLength={MAX_NOTE_CHARS}
        aria-label={t("note")}
        placeholder={t("note")}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button
          look="primary"
          type="submit"
          data-testid="propose-send"
          disabled={chosen === ""}
          aria-disabled={busy}
        >
          {t("send")}
        </Button>
        <Button onClick={() => props.onClose(false)}>{t("cancel")}</Button>
      </div>
      <p className={styles.failed} role="status">
        {failed && t(failed)}
      </p>
    </form>
  );
}
