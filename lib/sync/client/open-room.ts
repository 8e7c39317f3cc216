/**
 * Opens a room over y-websocket: the shared document and presence, chat and control. Works without a line too: what is
 * drawn and written meanwhile is sent on return. A refused drawing makes the room load the document afresh.
 */
import { Doc } from "yjs";
import { emptyBasket } from "@/lib/protocol/basket";
import type { ChatUpdate } from "@/lib/protocol/chat";
import type { ControlUpdate } from "@/lib/protocol/control";
import type { ControlRequest } from "@/lib/protocol/control-requests";
import { AppError, assertNever, type ErrorCode } from "@/lib/protocol/errors";
import { ROOM_TOKEN_SECONDS } from "@/lib/protocol/limits";
import { noRights } from "@/lib/protocol/roles";
import { wire } from "@/lib/protocol/wire";
import { ChatLog } from "./chat-log";
import { listenForJson, sendJson } from "./json-frames";
import { Line, type LineOptions } from "./line";
import { onNetworkChange } from "./network-events";
import { randomId } from "./random-id";
import { Requests } from "./requests";
import type { Room, RoomRequest, RoomSnapshot } from "./room";
import { SnapshotStore } from "./snapshot-store";
import { UnsavedChanges } from "./unsaved-changes";

export interface OpenRoomOptions {
  /** Our server, such as https://vetrina.example; http(s) becomes ws(s). */
  readonly baseUrl: string;
  readonly conversationId: string;
  /** Called before each connection and before the token runs out. @throws AppError `not_found`/`forbidden` ends the room. */
  readonly getToken: () => Promise<string>;
  /** For tests and for runtimes without a global WebSocket. */
  readonly createWebSocket?: (url: string, protocols?: string | string[]) => WebSocket;
}

/** Renewed at 60 % of its life, so that one failed attempt does not cost the connection. */
const RENEW_AFTER_MS = ROOM_TOKEN_SECONDS * 600;
/** A message that the server could not store is offered again after this. */
const RESEND_AFTER_MS = 3_000;
/** Typing is renewed by the composer at most this often; the server forgets it after six seconds. */
const TYPING_RENEW_MS = 3_000;

const firstSnapshot: RoomSnapshot = {
  connection: "connecting",
  synced: false,
  unsaved: false,
  saving: true,
  you: null,
  rights: noRights,
  room: null,
  basket: emptyBasket,
  messages: [],
  hasEarlier: false,
  receipts: [],
  typing: [],
  docGeneration: 0,
  lastRefusal: null,
};

export function openRoom(options: OpenRoomOptions): Room {
  return new OpenRoom(options);
}

class OpenRoom implements Room {
  private readonly store = new SnapshotStore<RoomSnapshot>(firstSnapshot);
  private readonly chat = new ChatLog();
  private readonly requests = new Requests<void>();
  private readonly times = new Requests<number>();
  private readonly stopNetwork: () => void;
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private renewal: ReturnType<typeof setInterval> | undefined;
  private typingSince = 0;
  /** Asked for before the first welcome: an agent who accepts and shows in one breath means both. */
  private readonly early: ControlRequest[] = [];
  private line: Line;
  private unsaved: UnsavedChanges;

  readonly getSnapshot = this.store.get;
  readonly subscribe = this.store.subscribe;

  constructor(private readonly options: OpenRoomOptions) {
    this.line = this.openLine();
    this.unsaved = this.watchUnsaved();
    this.stopNetwork = onNetworkChange({
      online: () => this.line.redial(),
      offline: () => this.line.redial(),
    });
    this.renewal = setInterval(() => void this.renew(), RENEW_AFTER_MS);
  }

  get doc() {
    return this.line.doc;
  }

  get awareness() {
    return this.line.awareness;
  }

  sendText(text: string): void {
    const clientId = randomId();
    this.chat.add(clientId, text, Date.now());
    this.typingSince = 0;
    this.showMessages();
    sendJson(this.line.provider, wire.chat, { type: "send", clientId, text });
  }

  retry(clientId: string): void {
    if (!this.chat.setFailed(clientId, false)) return;
    this.showMessages();
    this.sendUnsent();
  }

  discard(clientId: string): void {
    this.chat.discard(clientId);
    this.showMessages();
  }

  setTyping(typing: boolean): void {
    const now = Date.now();
    if (typing ? now - this.typingSince < TYPING_RENEW_MS : this.typingSince === 0) return;
    this.typingSince = typing ? now : 0;
    sendJson(this.line.provider, wire.chat, { type: "typing", typing });
  }

  markSeen(seq: number): void {
    const { you, receipts } = this.getSnapshot();
    const own = receipts.find((receipt) => receipt.participantId === you);
    if (own && own.seenSeq >= seq) return;
    sendJson(this.line.provider, wire.chat, { type: "seen", seq });
  }

  loadEarlier(): void {
    const before = this.chat.firstSeq;
    if (before !== null) sendJson(this.line.provider, wire.chat, { type: "history", before });
  }

  request(request: RoomRequest): Promise<void> {
    const id = randomId();
    return this.send({ ...request, id });
  }

  askServerTime(): Promise<number> {
    const request: ControlRequest = { type: "clock", id: randomId() };
    const online = this.getSnapshot().connection === "online";
    if (!online || !sendJson(this.line.provider, wire.control, request))
      return Promise.reject(new AppError("unavailable"));
    return this.times.add(request.id);
  }

  close(): void {
    this.stopNetwork();
    clearInterval(this.renewal);
    for (const timer of this.timers) clearTimeout(timer);
    this.unsaved.close();
    this.line.close();
    this.line.doc.destroy();
    this.rejectAll();
  }

  private openLine(): Line {
    const handlers: LineOptions = {
      ...this.options,
      onDown: () => this.lost("offline"),
      onSynced: (synced) => {
        this.store.update({ synced });
        if (synced) this.unsaved.ask();
      },
      onEnd: () => this.lost("ended"),
    };
    const line = new Line(new Doc(), handlers);
    listenForJson(line.provider, {
      onChat: (update) => this.onChat(update),
      onControl: (update) => this.onControl(update),
    });
    line.connect();
    return line;
  }

  private watchUnsaved(): UnsavedChanges {
    return new UnsavedChanges({
      doc: this.line.doc,
      remote: this.line.provider,
      confirm: () => this.send({ type: "confirm", id: randomId() }),
      onChange: (unsaved) => this.store.update({ unsaved }),
    });
  }

  private lost(connection: "offline" | "ended"): void {
    this.early.length = 0;
    this.rejectAll();
    this.typingSince = 0;
    this.store.update({ connection, synced: false, typing: [] });
  }

  private onChat(update: ChatUpdate): void {
    switch (update.type) {
      case "messages":
        this.onMessages(update);
        break;
      case "message":
        this.chat.take([update.message]);
        this.showMessages();
        this.confirmDelivery();
        break;
      case "receipts":
        this.store.update({ receipts: update.receipts });
        break;
      case "typing": {
        const others = this.getSnapshot().typing.filter((id) => id !== update.participantId);
        const isOther = update.participantId !== this.getSnapshot().you;
        this.store.update({ typing: update.typing && isOther ? [...others, update.participantId] : others });
        break;
      }
      default:
        assertNever(update);
    }
  }

  private onMessages(update: Extract<ChatUpdate, { type: "messages" }>): void {
    const first = this.chat.firstSeq;
    const newest = update.messages.at(-1)?.seq ?? 0;
    const isEarlier = first !== null && newest < first;
    if (isEarlier) this.chat.take(update.messages);
    else this.chat.takeNewest(update.messages);
    const reachesBack = isEarlier || this.chat.firstSeq === (update.messages[0]?.seq ?? null);
    if (reachesBack) this.store.update({ hasEarlier: update.hasEarlier });
    this.showMessages();
    this.sendUnsent();
    this.confirmDelivery();
  }

  private onControl(update: ControlUpdate): void {
    switch (update.type) {
      case "welcome":
        this.store.update({
          connection: "online",
          saving: true,
          you: update.you,
          rights: update.rights,
          room: update.room,
          typing: [],
        });
        for (const request of this.early.splice(0)) sendJson(this.line.provider, wire.control, request);
        break;
      case "room":
        this.store.update({ rights: update.rights, room: update.room });
        break;
      case "basket":
        this.store.update({ basket: update.basket });
        break;
      case "done":
        this.requests.resolve(update.id);
        break;
      case "clock":
        this.times.resolve(update.id, update.now);
        break;
      case "refused":
        this.onRefused(update.id, update.code);
        break;
      case "saving":
        this.store.update({ saving: update.ok });
        break;
      default:
        assertNever(update);
    }
  }

  private onRefused(id: string, code: ErrorCode): void {
    if (id === "") this.reloadDocument(code);
    else if (this.requests.reject(id, code) || this.times.reject(id, code)) return;
    else if (code === "unavailable") this.later(RESEND_AFTER_MS, () => this.sendUnsent());
    else if (this.chat.setFailed(id, true)) this.showMessages();
  }

  /** What we drew is not what the server has: drop it and load what everybody sees. */
  private reloadDocument(code: ErrorCode): void {
    const { docGeneration, lastRefusal } = this.getSnapshot();
    const old = this.line;
    this.unsaved.close();
    old.close();
    this.line = this.openLine();
    this.unsaved = this.watchUnsaved();
    this.rejectAll();
    const count = (lastRefusal?.count ?? 0) + 1;
    this.store.update({
      synced: false,
      unsaved: false,
      docGeneration: docGeneration + 1,
      lastRefusal: { code, count },
    });
    old.doc.destroy();
  }

  private sendUnsent(): void {
    for (const { clientId, text } of this.chat.unsent()) {
      sendJson(this.line.provider, wire.chat, { type: "send", clientId, text });
    }
  }

  private confirmDelivery(): void {
    const { you, receipts } = this.getSnapshot();
    const delivered = receipts.find((receipt) => receipt.participantId === you)?.deliveredSeq ?? 0;
    const seq = this.chat.lastSeq;
    if (seq > delivered) sendJson(this.line.provider, wire.chat, { type: "delivered", seq });
  }

  private showMessages(): void {
    this.store.update({ messages: this.chat.list(this.getSnapshot().you) });
  }

  private async renew(): Promise<void> {
    // A failure shows itself when the server ends the connection; the next one asks for a new token.
    await this.options
      .getToken()
      .then((token) => this.send({ type: "renew", id: randomId(), token }))
      .catch(() => undefined);
  }

  private send(request: ControlRequest): Promise<void> {
    if (this.getSnapshot().connection === "connecting") {
      this.early.push(request);
      return this.requests.add(request.id);
    }
    if (!sendJson(this.line.provider, wire.control, request))
      return Promise.reject(new AppError("unavailable"));
    return this.requests.add(request.id);
  }

  private rejectAll(): void {
    this.requests.rejectAll("unavailable");
    this.times.rejectAll("unavailable");
  }

  private later(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, milliseconds);
    this.timers.add(timer);
  }
}
