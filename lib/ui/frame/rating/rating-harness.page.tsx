/** The end of a conversation alone on a page: the test plays the server. */
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { conversationIdSchema } from "@/lib/protocol/ids";
import { frameMessages } from "@/lib/ui/messages/frame";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { EndedNote } from "../ended-note";
import { RatingPart } from "./rating-part";

const conversationId = conversationIdSchema.parse("0198c5b2-0000-7000-8000-000000000001");

function Harness() {
  const [starts, setStarts] = useState(0);
  return (
    <main className="harness" data-starts={starts}>
      <EndedNote onStartAgain={() => setStarts((count) => count + 1)}>
        <RatingPart conversationId={conversationId} visitorToken="her-token" />
      </EndedNote>
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
