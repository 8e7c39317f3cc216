/**
 * Fetches an export from the server and hands it to whoever looks: shared on a phone that can, else downloaded. Or has the
 * server send it into the chat.
 */
import type { ConversationId, ItemId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";

export type Wanted =
  | { readonly kind: "picture" | "message"; readonly itemId: ItemId }
  | { readonly kind: "all" };

/** `later`: asked too often. `gone`: whoever shared it thought better of it. `closed`: nothing is said any more. */
export type Outcome =
  | { readonly kind: "saved"; readonly file: string }
  | { readonly kind: "sent" | "gone" | "failed" | "later" | "closed" | "offline" };

export type Exporter = (wanted: Wanted) => Promise<Outcome>;

/** Milliseconds that our own last marks may take to be stored; what is painted is what is stored. */
const STORED_WITHIN_MS = 2_000;
const TOO_MANY = 429;
/** Of what is to be sent: the conversation has ended meanwhile. */
const CONFLICT = 409;

export function createExporter(options: {
  readonly room: Room;
  readonly conversationId: ConversationId;
  readonly baseUrl: string;
  readonly authorization: () => Record<string, string>;
  readonly locale: string;
}): Exporter {
  const { room, conversationId, baseUrl, authorization, locale } = options;
  return async (wanted) => {
    await whenStored(room);
    const isMessage = wanted.kind === "message";
    const path = wanted.kind === "all" ? "panel.pdf" : `items/${wanted.itemId}${isMessage ? "/message" : ""}`;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = new URLSearchParams({ lang: locale, tz: timeZone });
    try {
      const response = await fetch(
        `${baseUrl}/api/v1/conversations/${conversationId}/export/${path}?${query}`,
        { method: isMessage ? "POST" : "GET", headers: authorization() },
      );
      if (response.status === TOO_MANY) return { kind: "later" };
      if (isMessage && response.status === CONFLICT) return { kind: "closed" };
      if (!response.ok) return { kind: "failed" };
      if (isMessage) return { kind: "sent" };
      return await keep(new File([await response.blob()], nameOf(response), { type: typeOf(wanted) }));
    } catch {
      return { kind: navigator.onLine ? "failed" : "offline" };
    }
  };
}

const typeOf = (wanted: Wanted) => (wanted.kind === "all" ? "application/pdf" : "image/png");

function nameOf(response: Response): string {
  const found = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return found?.[1] ?? "picture";
}

async function keep(file: File): Promise<Outcome> {
  // A phone's own sheet puts it among the photos or sends it on; elsewhere a download is what people expect.
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return { kind: "saved", file: file.name };
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return { kind: "gone" };
      // Not allowed here, or too long after the tap.
    }
  }
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has the file by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return { kind: "saved", file: file.name };
}

function whenStored(room: Room): Promise<void> {
  if (!room.getSnapshot().unsaved) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, STORED_WITHIN_MS);
    const stop = room.subscribe(() => {
      if (!room.getSnapshot().unsaved) done();
    });
  });
}
