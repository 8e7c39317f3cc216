/**
 * The line between nodes: publish and subscribe on Redis by ioredis. It promises little: what is published while there is
 * no connection is lost, and `onUp` tells that it may have been. Whoever needs more asks the others (nodes.ts).
 */
import { Redis } from "ioredis";

/** Waits between attempts to connect: first and longest, milliseconds. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 2_000;
const CONNECT_WITHIN_MS = 5_000;
/** Bytes on their way to a Redis that does not take them; more are dropped with the connection. */
const MAX_IN_FLIGHT_BYTES = 16_777_216;

export interface BusOptions {
  readonly url: string;
  readonly channels: readonly string[];
  readonly onMessage: (channel: string, bytes: Uint8Array) => void;
  /** Both ways work: for the first time, or again. */
  readonly onUp: () => void;
  readonly onDown: (reason: string) => void;
}

export interface Bus {
  /** Never throws. */
  publish(channel: string, bytes: Uint8Array): void;
  /** Drops the connections and dials anew: they may be dead without knowing. */
  redial(): void;
  close(): Promise<void>;
}

/** Resolves once connected. @throws Error of the first attempt that fails */
export async function openRedisBus(options: BusOptions): Promise<Bus> {
  const bus = new RedisBus(options);
  try {
    await bus.connect();
  } catch (error) {
    await bus.close();
    throw error;
  }
  return bus;
}

class RedisBus implements Bus {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private state: "opening" | "up" | "down" | "closed" = "opening";
  private inFlight = 0;
  private subscribed = false;

  constructor(private readonly options: BusOptions) {
    this.publisher = this.client();
    this.subscriber = this.client();
    this.subscriber.on("messageBuffer", (channel: Buffer, bytes: Buffer) =>
      options.onMessage(channel.toString(), bytes),
    );
    this.publisher.on("ready", () => this.look());
    this.subscriber.on("ready", () => void this.subscribe());
    for (const client of [this.publisher, this.subscriber]) {
      client.on("close", () => this.lost());
      client.on("error", (error: Error) => this.lost(error.message));
    }
  }

  async connect(): Promise<void> {
    await Promise.all([this.publisher.connect(), this.subscriber.connect()]);
    await this.subscribe();
  }

  publish(channel: string, bytes: Uint8Array): void {
    if (this.publisher.status !== "ready") return;
    if (this.inFlight > MAX_IN_FLIGHT_BYTES) {
      this.redial();
      return;
    }
    this.inFlight += bytes.length;
    const done = () => {
      this.inFlight -= bytes.length;
    };
    // What fails here is lost with its connection, of which `lost` hears.
    this.publisher.publish(channel, asBuffer(bytes)).then(done, done);
  }

  redial(): void {
    if (this.state === "closed") return;
    for (const client of [this.publisher, this.subscriber]) client.disconnect(true);
  }

  async close(): Promise<void> {
    this.state = "closed";
    const quits = [this.publisher, this.subscriber].map((client) =>
      client.status === "ready"
        ? client.quit().then(
            () => undefined,
            () => undefined,
          )
        : Promise.resolve(),
    );
    await Promise.race([Promise.all(quits), this.patience()]);
    for (const client of [this.publisher, this.subscriber]) client.disconnect();
  }

  private client(): Redis {
    return new Redis(this.options.url, {
      lazyConnect: true,
      connectTimeout: CONNECT_WITHIN_MS,
      // Nothing is kept for later: the others are asked instead, which needs no memory.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => {
        if (this.state === "opening" || this.state === "closed") return null;
        const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
        return longest * (0.5 + Math.random() / 2);
      },
    });
  }

  private async subscribe(): Promise<void> {
    if (this.subscribed) return;
    try {
      await this.subscriber.subscribe(...this.options.channels);
      this.subscribed = true;
      this.look();
    } catch {
      // The connection went meanwhile; the next one subscribes.
    }
  }

  private look(): void {
    if (this.state === "up" || this.state === "closed") return;
    if (!this.subscribed || this.publisher.status !== "ready") return;
    this.state = "up";
    this.options.onUp();
  }

  private lost(reason = "the connection was closed"): void {
    if (this.subscriber.status !== "ready") this.subscribed = false;
    if (this.state !== "up") return;
    this.state = "down";
    this.options.onDown(reason);
  }

  private patience(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS * 10).unref());
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
