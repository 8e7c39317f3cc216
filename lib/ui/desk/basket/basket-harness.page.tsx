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
    showProduct(product: ProductCard): void;
    showLines(lines: readonly BasketLine[]): void;
    refuseNext(code: ErrorCode): void;
    readonly asked: unknown[];
  }
}

interface Shown {
  readonly product: ProductCard | null;
  readonly lines: readonly BasketLine[];
}
let shown: Shown = { product: null, lines: [] };
let refusal: ErrorCode | null = null;
const asked: unknown[] = [];
const listeners = new Set<() => void>();
const show = (next: Partial<Shown>) => {
  shown = { ...shown, ...next };
  for (const listener of listeners) listener();
};
Object.assign(window, {
  asked,
  showProduct: (product: ProductCard) => show({ product }),
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
  const { product, lines } = useSyncExternalStore(subscribe, () => shown);
  const [closed, setClosed] = useState("");
  return (
    <main className="harness">
      {product && (
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
        onChange={(line, quantity) => wish("change", line.lineId, quantity)}
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
