/** A bare page for the browser tests: the catalogue tab over answers that the test gives. */
import { useState } from "react";
import { createRoot } from "react-dom/client";
import type { VisitedPage } from "@/lib/protocol/desk";
import { productIdSchema } from "@/lib/protocol/ids";
import { basketMessages } from "@/lib/ui/messages/basket";
import { catalogueMessages } from "@/lib/ui/messages/catalogue";
import { chatMessages } from "@/lib/ui/messages/chat";
import { deskMessages } from "@/lib/ui/messages/desk";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { CatalogueTab } from "./catalogue-tab";

declare global {
  interface Window {
    /** What was asked for, in order. */
    wishes: unknown[][];
  }
}

window.wishes = [];
const wish = (...all: unknown[]) => {
  window.wishes.push(all);
};

const trail: VisitedPage[] = [
  {
    at: 0,
    url: "",
    title: "",
    product: {
      productId: productIdSchema.parse("00000000-0000-7000-8000-000000000002"),
      title: "Linen shirt",
      picture: null,
    },
  },
];

function Harness() {
  const [query, setQuery] = useState("");
  const areas = {
    desk: deskMessages.en,
    chat: chatMessages.en,
    basket: basketMessages.en,
    catalogue: catalogueMessages.en,
  };
  return (
    <MessagesProvider locale="en" areas={areas}>
      <main className="harness">
        <input aria-label="Query" value={query} onChange={(event) => setQuery(event.target.value)} />
        <CatalogueTab
          query={query}
          active
          trail={trail}
          now={120_000}
          products={{
            enabled: true,
            show: async (...all) => {
              wish("show", ...all);
              return true;
            },
            recommend: async (...all) => {
              wish("recommend", ...all);
              return true;
            },
            propose: async (...all) => wish("propose", ...all),
          }}
        />
      </main>
    </MessagesProvider>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Harness />);
