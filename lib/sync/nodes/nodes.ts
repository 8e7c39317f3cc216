/**
 * The fan-out between nodes. Each node listens to two channels: one for all, and its own. A room's messages go only to
 * the nodes that hold it, which are known because whoever opens a room asks all for what it lacks; so a room that is
 * held by one node costs nothing. Nothing is repeated: after a lost connection each room asks again.
 */
import { createHmac, randomUUID } from "node:crypto";
import type { ConversationId } from "@/lib/protocol/ids";
import type {
  Fanout,
  NodeId,
  NodeNotice,
  PeerListener,
  RoomLine,
  RoomMessage,
} from "@/lib/sync/server/ports";
import { type DeskPerson, decodePublication, encodePublication, type NodeMessage } from "./envelope";
import { BEAT_MS, GONE_AFTER_MS, NodeWatch } from "./node-watch";
import { type Bus, openRedisBus } from "./redis-bus";

/** Rooms that ask what they missed after a lost connection, and the time to the next ones, milliseconds. */
const ASKED_AT_ONCE = 25;
const BETWEEN_ASKS_MS = 40;

export interface NodesOptions {
  readonly url: string;
  /** Separates installations that share one Redis. */
  readonly secret: string;
  /** Whose desk is open on this node. */
  readonly desks: () => readonly DeskPerson[];
  readonly log: (level: "info" | "warn" | "error", message: string, detail?: Record<string, unknown>) => void;
}

export interface Nodes extends Fanout {
  readonly nodeId: NodeId;
  /** Whose desk is open on other nodes. */
  desksElsewhere(): readonly DeskPerson[];
  /** Whether we hear the others. */
  isConnected(): boolean;
  /** Says goodbye, so that nobody waits for us to be missed. */
  close(): Promise<void>;
}

/** @throws Error when Redis cannot be reached */
export async function openNodes(options: NodesOptions): Promise<Nodes> {
  const nodes = new RedisNodes(options);
  await nodes.open();
  return nodes;
}

interface Held {
  readonly listener: PeerListener;
  readonly holders: Set<NodeId>;
}

class RedisNodes implements Nodes {
  readonly nodeId: NodeId = randomUUID();
  private readonly rooms = new Map<ConversationId, Held>();
  private readonly noticeListeners: ((notice: NodeNotice) => void)[] = [];
  private readonly watch = new NodeWatch(
    () => performance.now(),
    (node) => this.gone(node),
  );
  private readonly prefix: string;
  private readonly outbox = new Map<string, NodeMessage[]>();
  private flushing: NodeJS.Immediate | null = null;
  private bus: Bus | null = null;
  private beat: NodeJS.Timeout | null = null;
  private asking: NodeJS.Timeout | null = null;
  private connected = false;
  /** Of our own sign of life, which comes back to us: proof that both connections work. */
  private echoedAt = performance.now();

  constructor(private readonly options: NodesOptions) {
    const name = createHmac("sha256", options.secret).update("nodes").digest("hex").slice(0, 16);
    this.prefix = `vetrina:${name}:`;
  }

  async open(): Promise<void> {
    this.bus = await openRedisBus({
      url: this.options.url,
      channels: [this.channelOfAll, this.channelOf(this.nodeId)],
      onMessage: (_channel, bytes) => this.receive(bytes),
      onUp: () => this.up(),
      onDown: (reason) => {
        this.connected = false;
        this.options.log("warn", "the line to the other nodes is lost", { reason });
      },
    });
    this.beat = setInterval(() => this.tick(), BEAT_MS);
  }

  join(conversationId: ConversationId, listener: PeerListener): RoomLine {
    const held: Held = { listener, holders: new Set() };
    this.rooms.set(conversationId, held);
    const sendTo = (node: NodeId, message: RoomMessage) =>
      this.post(this.channelOf(node), { kind: "room", conversationId, message });
    return {
      nodeId: this.nodeId,
      holders: () => [...held.holders],
      sendTo,
      send: (message) => {
        for (const node of held.holders) sendTo(node, message);
      },
      ask: (stateVector, newest) => {
        const message = { kind: "ask", stateVector, newest } as const;
        this.post(this.channelOfAll, { kind: "room", conversationId, message });
      },
      leave: () => {
        // To all: some may know of us of whom we do not.
        this.post(this.channelOfAll, { kind: "room", conversationId, message: { kind: "leave" } });
        if (this.rooms.get(conversationId) === held) this.rooms.delete(conversationId);
      },
    };
  }

  announce(notice: NodeNotice): void {
    this.post(this.channelOfAll, { kind: "notice", notice });
  }

  onNotice(listener: (notice: NodeNotice) => void): void {
    this.noticeListeners.push(listener);
  }

  desksElsewhere(): readonly DeskPerson[] {
    return this.watch.desks();
  }

  isConnected(): boolean {
    return this.connected;
  }

  async close(): Promise<void> {
    if (this.beat) clearInterval(this.beat);
    if (this.asking) clearTimeout(this.asking);
    this.post(this.channelOfAll, { kind: "bye" });
    this.flush();
    await this.bus?.close();
  }

  private get channelOfAll(): string {
    return `${this.prefix}all`;
  }

  private channelOf(node: NodeId): string {
    return `${this.prefix}${node}`;
  }

  /** Everything said within one turn of the event loop goes in one publication a channel. */
  private post(channel: string, message: NodeMessage): void {
    const waiting = this.outbox.get(channel);
    if (waiting) waiting.push(message);
    else this.outbox.set(channel, [message]);
    this.flushing ??= setImmediate(() => this.flush());
  }

  private flush(): void {
    if (this.flushing) clearImmediate(this.flushing);
    this.flushing = null;
    for (const [channel, messages] of this.outbox) {
      this.bus?.publish(channel, encodePublication({ from: this.nodeId, messages }));
    }
    this.outbox.clear();
  }

  private up(): void {
    this.connected = true;
    this.echoedAt = performance.now();
    this.sayAlive();
    this.askAgain();
  }

  /** A few rooms at a time: what all of them lack at once is more than Redis holds for a reader before it drops him. */
  private askAgain(): void {
    if (this.asking) clearTimeout(this.asking);
    const waiting = [...this.rooms.values()];
    const askSome = () => {
      for (const { listener } of waiting.splice(0, ASKED_AT_ONCE)) this.run(() => listener.onConnected());
      this.asking = waiting.length > 0 ? setTimeout(askSome, BETWEEN_ASKS_MS) : null;
    };
    askSome();
  }

  private tick(): void {
    this.sayAlive();
    this.watch.look();
    if (!this.connected || performance.now() - this.echoedAt < GONE_AFTER_MS) return;
    // Connected, as far as TCP knows; but nothing comes back.
    this.echoedAt = performance.now();
    this.bus?.redial();
  }

  private sayAlive(): void {
    this.post(this.channelOfAll, { kind: "alive", desks: this.options.desks() });
  }

  private receive(bytes: Uint8Array): void {
    this.run(() => {
      const publication = decodePublication(bytes);
      if (publication === null) return;
      const { from, messages } = publication;
      if (from === this.nodeId) {
        this.echoedAt = performance.now();
        return;
      }
      const isBack = this.watch.heard(from);
      for (const message of messages) this.run(() => this.take(from, message));
      // We took it for gone, and forgot what it had told us.
      if (isBack) this.askAgain();
    });
  }

  private take(from: NodeId, message: NodeMessage): void {
    switch (message.kind) {
      case "alive":
        this.watch.setDesks(from, message.desks);
        break;
      case "bye":
        this.watch.left(from);
        break;
      case "notice":
        for (const listener of this.noticeListeners) listener(message.notice);
        break;
      case "room": {
        const held = this.rooms.get(message.conversationId);
        if (held === undefined) return;
        if (message.message.kind === "leave") held.holders.delete(from);
        else held.holders.add(from);
        held.listener.onMessage(from, message.message);
        break;
      }
    }
  }

  private gone(node: NodeId): void {
    for (const { listener, holders } of this.rooms.values()) {
      if (holders.delete(node)) this.run(() => listener.onNodeGone(node));
    }
  }

  /** One message, or one room, that fails must not stop the others. */
  private run(work: () => void): void {
    try {
      work();
    } catch (error) {
      const detail = { error: error instanceof Error ? error.message : "" };
      this.options.log("error", "a message of another node was not handled", detail);
    }
  }
}
