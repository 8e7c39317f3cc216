/** A bare page for the browser tests: the log and the composer, driven from outside. */
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { chatMessages } from "@/lib/ui/messages/chat";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { ChatLog, type ChatLogProps } from "./chat-log";
import { Composer } from "./composer";

export type Driven = Pick<
  ChatLogProps,
  "messages" | "you" | "participants" | "receipts" | "typing" | "sending" | "hasEarlier" | "active"
>;

declare global {
  interface Window {
    drive: (change: Partial<Driven>) => void;
    /** What the parts asked for, in order. */
    wishes: unknown[][];
  }
}

window.wishes = [];
const wish =
  (name: string) =>
  (...values: unknown[]) => {
    window.wishes.push([name, ...values]);
  };
const seen = wish("seen");

const start: Driven = {
  messages: [],
  you: null,
  participants: [],
  receipts: [],
  typing: [],
  sending: [],
  hasEarlier: false,
  active: true,
};

function Harness() {
  const [driven, setDriven] = useState(start);
  const [draft, setDraft] = useState("");
  useEffect(() => {
    window.drive = (change) => setDriven((now) => ({ ...now, ...change }));
  }, []);
  return (
    <main className="harness">
      <ChatLog
        {...driven}
        reader="customer"
        onLoadEarlier={wish("earlier")}
        onSeen={seen}
        resolveItem={async () => null}
        actions={{
          openItem: wish("item"),
          openProduct: async () => wish("open")(),
          addToCart: async (_product, variant) => {
            wish("cart")(variant);
            return { ok: true, reason: "" };
          },
          addToWishlist: async (product) => {
            wish("wishlist")(product.externalId);
            return { ok: true, reason: "" };
          },
        }}
      />
      <Composer
        draft={draft}
        onDraftChange={setDraft}
        onSend={wish("send")}
        onTyping={wish("typing")}
        onFiles={(files) => wish("files")(files.map((file) => file.name))}
        uploadTestId="panel-upload"
      />
    </main>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <MessagesProvider locale="en" areas={{ chat: chatMessages.en }}>
      <Harness />
    </MessagesProvider>,
  );
}
