/**
 * A websocket client down to its bytes: for frames that no library sends, and for peers that stop answering. It answers
 * nothing by itself, neither pings nor a close.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { until } from "./until";

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameShape {
  readonly opcode?: number;
  /** False: more fragments follow. */
  readonly fin?: boolean;
  /** Says that the payload is compressed. */
  readonly compressed?: boolean;
  readonly masked?: boolean;
  /** Instead of the payload's own. */
  readonly claimedLength?: number;
}

/** A client's frame as it travels. */
function bareFrame(payload: Uint8Array, shape: FrameShape = {}): Buffer {
  const { opcode = opcodes.binary, fin = true, compressed = false, masked = true } = shape;
  const length = shape.claimedLength ?? payload.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = opcode | (fin ? 0x80 : 0) | (compressed ? 0x40 : 0);
  head[1] = (length < 126 ? length : length < 65_536 ? 126 : 127) | (masked ? 0x80 : 0);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, Buffer.alloc(masked ? 4 : 0), payload]);
}

export class BareSocket {
  /** HTTP status of the answer to the upgrade. */
  status: number | null = null;
  /** How many frames of each kind the server sent. */
  readonly received = new Map<number, number>();
  closeCode: number | null = null;
  closed = false;
  private unread: Buffer = Buffer.alloc(0);

  constructor(private readonly socket: Socket) {
    socket.on("data", (bytes) => this.read(bytes));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.closed = true;
    });
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  send(payload: Uint8Array, shape?: FrameShape): void {
    this.write(bareFrame(payload, shape));
  }

  destroy(): void {
    this.socket.destroy();
  }

  count(opcode: number): number {
    return this.received.get(opcode) ?? 0;
  }

  private read(bytes: Buffer): void {
    this.unread = Buffer.concat([this.unread, bytes]);
    if (this.status === null && !this.readHead()) return;
    while (this.readFrame());
  }

  private readHead(): boolean {
    const end = this.unread.indexOf("\r\n\r\n");
    if (end < 0) return false;
    this.status = Number(this.unread.toString("latin1", 9, 12));
    this.unread = this.unread.subarray(end + 4);
    return true;
  }

  private readFrame(): boolean {
    const [first = 0, second = 0] = this.unread;
    const at = second < 126 ? 2 : second === 126 ? 4 : 10;
    if (this.unread.length < at) return false;
    const length =
      at === 2 ? second : at === 4 ? this.unread.readUInt16BE(2) : Number(this.unread.readBigUInt64BE(2));
    if (this.unread.length < at + length) return false;
    const opcode = first & 15;
    this.received.set(opcode, this.count(opcode) + 1);
    if (opcode === opcodes.close) this.closeCode = length < 2 ? 1_005 : this.unread.readUInt16BE(at);
    this.unread = this.unread.subarray(at + length);
    return true;
  }
}

/** The request of an upgrade, as bytes. @param address such as ws://127.0.0.1:40123/sync/... */
export function upgradeRequest(address: string): Buffer {
  const { host, pathname, search } = new URL(address);
  const lines = [
    `GET ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
}

/** Connected, and nothing sent yet. */
export async function openTcp(address: string): Promise<BareSocket> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return new BareSocket(socket);
}

/** Resolves when the server has answered the upgrade. */
export async function openBare(address: string): Promise<BareSocket> {
  const bare = await openTcp(address);
  bare.write(upgradeRequest(address));
  await until("the upgrade is answered", () => bare.status !== null || bare.closed);
  return bare;
}
