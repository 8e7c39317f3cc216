/** A bare page for the browser tests: the sheet over something that stands for the panel, and the back button. */
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { frameMessages } from "@/lib/ui/messages/frame";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { ChatSheet } from "./chat-sheet";
import type { Rest } from "./sheet-rest";
import { useBackEntries } from "./use-back-entries";

function Harness() {
  const [panelOpen, setPanelOpen] = useState(false);
  const [rest, setRest] = useState<Rest>("peek");
  useBackEntries(panelOpen ? (rest === "peek" ? 1 : 2) : 0, () => {
    if (rest === "peek") setPanelOpen(false);
    else setRest("peek");
  });
  return (
    <main className="harness">
      <p data-testid="state">{panelOpen ? `panel ${rest}` : "no panel"}</p>
      <button type="button" onClick={() => setPanelOpen(!panelOpen)}>
        Panel
      </button>
      <ChatSheet
        layout={panelOpen ? "sheet" : "chat"}
        rest={rest}
        onRest={setRest}
        preview="See you"
        unread={0}
        label="Chat"
      >
        <textarea aria-label="Message" />
      </ChatSheet>
    </main>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <MessagesProvider locale="en" areas={{ frame: frameMessages.en }}>
      <Harness />
    </MessagesProvider>,
  );
}
