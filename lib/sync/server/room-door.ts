/** Who may come into a room: the token is checked, and the room loaded, before the handshake is answered. */
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import type { ConversationId } from "@/lib/protocol/ids";
import { MAX_FRAME_BYTES } from "@/lib/protocol/limits";
import { SYNC_PATH } from "@/lib/protocol/wire";
import { Door, type Guest } from "@/lib/sockets/door";
import { Connection } from "./connection";
import type { SyncOptions } from "./options";
import type { SyncPorts } from "./ports";
import type { Room } from "./room";
import { RoomRates } from "./room-rates";
import type { Rooms } from "./rooms";

/** Above MAX_FRAME_BYTES we close with our own code; above this, ws stops reading (1009). */
const MAX_PAYLOAD_BYTES = 4 * MAX_FRAME_BYTES;

export class RoomDoor {
  readonly connections = new Set<Connection>();
  private readonly door: Door;
  private readonly rates = new WeakMap<Room, RoomRates>();

  constructor(
    private readonly rooms: Rooms,
    private readonly ports: SyncPorts,
    private readonly options: SyncOptions,
  ) {
    const onFault = (error: unknown) =>
      ports.log?.("error", "the door failed", { error: error instanceof Error ? error.message : "" });
    const judge = this.judge.bind(this);
    this.door = new Door({ path: SYNC_PATH, maxPayload: MAX_PAYLOAD_BYTES, judge, onFault }, options);
  }

  handleUpgrade(...upgrade: Parameters<Door["handleUpgrade"]>): void {
    this.door.handleUpgrade(...upgrade);
  }

  /** Sends everybody elsewhere, a few at a time. Resolves when all have been told. */
  close(): Promise<void> {
    return this.door.close(this.connections);
  }

  private async judge(conversationId: ConversationId, token: string): Promise<Guest | CloseCode> {
    const admission = await this.ports.authorize.admit(conversationId, token);
    if (admission.kind === "refused") return closeCodes[admission.reason];
    const { claims, expiresAt } = admission;
    if (claims.conversationId !== conversationId || expiresAt <= this.options.now()) {
      return closeCodes.unauthorized;
    }
    const lease = await this.rooms.lease(conversationId);
    const { room, release: leave } = lease;
    const rates = this.ratesOf(room).of(claims.participantId, this.options.now());
    if (!rates.takeEntry(this.options.now())) {
      leave();
      return closeCodes.tooMany;
    }
    return {
      leave,
      enter: (socket, stream) => {
        const connection = new Connection(
          socket,
          stream,
          room,
          claims,
          expiresAt,
          rates,
          this.options,
          () => {
            this.connections.delete(connection);
            leave();
          },
        );
        this.connections.add(connection);
        void connection.join();
      },
    };
  }

  /** As long as the room is loaded. */
  private ratesOf(room: Room): RoomRates {
    const known = this.rates.get(room);
    if (known) return known;
    const rates = new RoomRates(this.options.now());
    this.rates.set(room, rates);
    return rates;
  }
}
