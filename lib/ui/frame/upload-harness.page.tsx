/** A bare page for the browser tests: files chosen, sent and refused, in the browser's language. */
import { createRoot } from "react-dom/client";
import { conversationIdSchema } from "@/lib/protocol/ids";
import { defaultLocale, matchLocale } from "@/lib/protocol/locales";
import { frameMessages } from "@/lib/ui/messages/frame";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { sendFile } from "@/lib/ui/uploads/send-file";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import { UploadTiles } from "./upload-tiles";
import { type Send, useUploads } from "./use-uploads";

const conversationId = conversationIdSchema.parse("019a0000-0000-7000-8000-000000000000");
const send: Send = (file, signal, onProgress) =>
  sendFile({ conversationId, authorization: () => ({}), file, signal, onProgress });
const onSent = () => undefined;

function Harness() {
  const uploads = useUploads(send, onSent);
  return (
    <main className="harness">
      <input
        type="file"
        multiple
        aria-label="Files"
        onChange={(event) => uploads.add(Array.from(event.target.files ?? []))}
      />
      <UploadTiles uploads={uploads} />
    </main>
  );
}

const locale = matchLocale(navigator.language) ?? defaultLocale;
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <MessagesProvider locale={locale} areas={{ frame: frameMessages[locale] }}>
      <Harness />
    </MessagesProvider>,
  );
}
