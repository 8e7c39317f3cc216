/** The customer's basket alone on a page: the test plays the server and the shop. */
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import type { Basket, BasketLine, CartAnswer } from "@/lib/protocol/basket";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import type { RoomRequest } from "@/lib/sync/client/room";
import { basketMessages } from "@/lib/ui/messages/basket";
import { chatMessages } from "@/lib/ui/messages/chat";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { BasketBar } from "./basket-bar";
import { BasketCard } from "./basket-card";
import type { BasketRoom } from "./basket-keeper";

interface Put {
  readonly id: string;
  readonly quantity: number;
  readonly key: string;
}

declare global {
  interface Window {
    tell(lines: readonly BasketLine[]): void;
    /** The next requests are refused with these, in order. */
    refuse(codes: readonly ErrorCode[]): void;
    answer(answer: CartAnswer): void;
    readonly requests: RoomRequest[];
    readonly puts: Put[];
    readonly pages: string[];
  }
}

let basket: Basket = { changes: 0, lines: [] };
let refusals: readonly ErrorCode[] = [];
let waiting: ((answer: CartAnswer) => void) | null = null;
const listeners = new Set<() => void>();
const requests: RoomRequest[] = [];
const puts: Put[] = [];
const pages: string[] = [];
Object.assign(window, {
  requests,
  puts,
  pages,
  tell(lines: readonly BasketLine[]) {
    basket = { changes: basket.changes + 1, lines: [...lines] };
    for (const listener of listeners) listener();
  },
  refuse(codes: readonly ErrorCode[]) {
    refusals = codes;
  },
  answer: (answer: CartAnswer) => waiting?.(answer),
});

const room: BasketRoom = {
  getSnapshot: () => ({ basket }),
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  async request(request) {
    requests.push(request);
    const [code, ...rest] = refusals;
    refusals = rest;
    if (code) throw new AppError(code);
  },
};
const bridge = {
  addToCart: (
    { id, quantity }: { id: string; quantity: number },
    _currency: string,
    put?: { key?: string },
  ) => {
    puts.push({ id, quantity, key: put?.key ?? "" });
    return new Promise<CartAnswer>((resolve) => {
      waiting = resolve;
    });
  },
  send: (message: { type: string; url?: string }) => void pages.push(message.url ?? message.type),
};

function Harness() {
  const { lines } = useSyncExternalStore(room.subscribe, () => basket);
  const [none] = useState(() => async () => null);
  return (
    <main className="harness">
      <div role="log" aria-label="log">
        {lines.map((line) => (
          <BasketCard
            key={line.lineId}
            proposal={{ kind: "basket", text: "", ...line }}
            line={line}
            room={room}
            ended={false}
            bridge={bridge}
            resolveItem={none}
          />
        ))}
      </div>
      <BasketBar lines={lines} room={room} ended={false} bridge={bridge} />
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
