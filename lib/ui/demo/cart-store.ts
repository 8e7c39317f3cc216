/** The demo shop's cart, kept in the shopper's browser as small shops do; every change is told to Vetrina. */
import { useSyncExternalStore } from "react";
import { vetrina } from "./vetrina";

export interface CartLine {
  /** Variant. */
  readonly id: string;
  readonly productId: string;
  readonly title: string;
  readonly label: string;
  readonly unitMinor: number;
  readonly currency: string;
  readonly picture: string;
  readonly quantity: number;
}

const STORAGE = "lume.cart";
const MAX_QUANTITY = 99;
const empty: readonly CartLine[] = [];

let text = "";
let lines: readonly CartLine[] = empty;
const listeners = new Set<() => void>();

function isLine(value: unknown): value is CartLine {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "unitMinor" in value &&
    typeof value.unitMinor === "number" &&
    "quantity" in value &&
    typeof value.quantity === "number"
  );
}

function read(): readonly CartLine[] {
  let stored = "";
  try {
    stored = localStorage.getItem(STORAGE) ?? "";
  } catch {
    return lines;
  }
  if (stored === text) return lines;
  text = stored;
  try {
    const parsed: unknown = JSON.parse(stored);
    lines = Array.isArray(parsed) ? parsed.filter(isLine) : empty;
  } catch {
    lines = empty;
  }
  return lines;
}

export function writeCart(next: readonly CartLine[]): void {
  lines = next;
  text = JSON.stringify(next);
  try {
    localStorage.setItem(STORAGE, text);
  } catch {
    // Private mode without storage: the cart lives until the next page.
  }
  for (const listener of listeners) listener();
}

function tell(): void {
  const currency = lines[0]?.currency ?? "EUR";
  vetrina("cart", {
    currency,
    lines: lines.map((line) => ({ id: line.id, quantity: line.quantity, price: line.unitMinor / 100 })),
  });
}

export function addLine(line: Omit<CartLine, "quantity">, quantity: number): void {
  const present = read().find((other) => other.id === line.id);
  const wanted = Math.min(MAX_QUANTITY, (present?.quantity ?? 0) + quantity);
  writeCart([...read().filter((other) => other.id !== line.id), { ...line, quantity: wanted }]);
  tell();
}

export function setQuantity(id: string, quantity: number): void {
  writeCart(
    read()
      .map((line) => (line.id === id ? { ...line, quantity: Math.min(MAX_QUANTITY, quantity) } : line))
      .filter((line) => line.quantity > 0),
  );
  tell();
}

export function totalMinor(cart: readonly CartLine[]): number {
  return cart.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the shop changed it.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useCart(): readonly CartLine[] {
  return useSyncExternalStore(subscribe, read, () => empty);
}
