/** The desk's parts of the basket alone on a page: the test plays the server. */
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import type { BasketLine } from "@/lib/protocol/basket";
import type { ProductCard } from "@/lib/protocol/chat";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { basketMessages } from "@/lib/ui/messages/basket";
import { chatMessages } from "@/lib/ui/messages/chat";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { ProposeForm } from "./propose-form";
import { SharedLines } from "./shared-lines";

declare global {
  interface Window {
    /** @param showForm false: only the catalogue has it */
    showProduct(product: ProductCard, showForm?: boolean): void;
    showLines(lines: readonly BasketLine[]): void;
    refuseNext(code: ErrorCode): void;
    readonly asked: unknown[];
  }
}

interface Shown {
  readonly product: ProductCard | null;
  readonly showForm: boolean;
  readonly lines: readonly BasketLine[];
}
let shown: Shown = { product: null, showForm: false, lines: [] };
let refusal: ErrorCode | null = null;
const asked: unknown[] = [];
const listeners = new Set<() => void>();
const show = (next: Partial<Shown>) => {
  shown = { ...shown, ...next };
  for (const listener of listeners) listener();
};
Object.assign(window, {
  asked,
  showProduct: (product: ProductCard, showForm = true) => show({ product, showForm }),
  showLines: (lines: readonly BasketLine[]) => show({ lines }),
  refuseNext(code: ErrorCode) {
    refusal = code;
  },
});

async function wish(...told: readonly unknown[]): Promise<void> {
  asked.push(told);
  const code = refusal;
  refusal = null;
  if (code) throw new AppError(code);
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function Harness() {
  const { product, showForm, lines } = useSyncExternalStore(subscribe, () => shown);
  const [closed, setClosed] = useState("");
  return (
    <main className="harness">
      {product && showForm && (
        <ProposeForm
          product={product}
          propose={(...wanted) => wish("propose", ...wanted)}
          onClose={(proposed) => setClosed(proposed ? "proposed" : "thought again")}
        />
      )}
      <output data-testid="closed">{closed}</output>
      <SharedLines
        lines={lines}
        mayChange
        loadVariants={async (line) => {
          await wish("variants", line.productId);
          return { currency: line.currency, variants: shown.product?.variants ?? [] };
        }}
        onChange={(line, { externalId, quantity }) => wish("change", line.lineId, externalId, quantity)}
        onWithdraw={(line) => wish("withdraw", line.lineId)}
      />
    </main>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <MessagesProvider locale="en" areas={{ basket: basketMessages.en, chat: chatMessages.en }}>
      <Harness />
    </MessagesProvider>,
  );
}
