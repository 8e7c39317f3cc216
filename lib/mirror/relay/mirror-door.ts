/** Who may come to a mirror: the token is checked as for a room; the conversation goes on, and the shop has it switched on. */
import { MAX_STREAM_FRAME_BYTES } from "@/lib/mirror/wire/stream-frame";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { Door, type Guest } from "@/lib/sockets/door";
import type { Claims } from "@/lib/sync/server/ports";
import { Connection } from "./connection";
import type { LiveMirror } from "./live-mirror";
import type { Mirrors } from "./mirrors";
import type { MirrorOptions } from "./options";
import type { MirrorPorts } from "./ports";
import { RequestRates } from "./request-rates";

/** Above MAX_STREAM_FRAME_BYTES we close with our own code; above this, ws stops reading (1009). */
const MAX_PAYLOAD_BYTES = 2 * MAX_STREAM_FRAME_BYTES;

export class MirrorDoor {
  readonly connections = new Set<Connection>();
  private readonly door: Door;
  /** As long as the mirror is in memory. */
  private readonly rates = new WeakMap<LiveMirror, Map<ParticipantId, RequestRates>>();

  constructor(
    private readonly mirrors: Mirrors,
    private readonly ports: MirrorPorts,
    private readonly options: MirrorOptions,
  ) {
    const onFault = (error: unknown) =>
      ports.log?.("error", "the mirror's door failed", {
        error: error instanceof Error ? error.message : "",
      });
    const judge = this.judge.bind(this);
    this.door = new Door({ path: MIRROR_PATH, maxPayload: MAX_PAYLOAD_BYTES, judge, onFault }, options);
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
    const now = this.options.now();
    if (claims.conversationId !== conversationId || expiresAt <= now) return closeCodes.unauthorized;
    // In memory before anything is read: what changes from now on reaches whoever comes in.
    const { mirror, release: leave } = await this.mirrors.lease(conversationId);
    try {
      return await this.receive(mirror, claims, expiresAt, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async receive(
    mirror: LiveMirror,
    claims: Claims,
    expiresAt: number,
    leave: () => void,
  ): Promise<Guest | CloseCode> {
    const refuse = (code: CloseCode) => {
      leave();
      return code;
    };
    const { participantId, memberId, shopId, role } = claims;
    // She agreed to show her page to the shop's people: whom she invited sees the panel, and that is all.
    if (role === "companion") return refuse(closeCodes.forbidden);
    const [conversation, terms] = await Promise.all([
      this.ports.authorize.findConversation(mirror.conversationId),
      this.ports.store.findTerms(shopId, memberId ?? null),
    ]);
    if (conversation === null) return refuse(closeCodes.notFound);
    if (conversation.status === "closed" || !terms.allowed) return refuse(closeCodes.forbidden);
    const own = [...mirror.members].filter((member) => member.claims.participantId === participantId);
    if (own.length >= this.options.maxConnectionsPerParticipant) return refuse(closeCodes.full);
    const rates = this.ratesOf(mirror, participantId);
    if (!rates.takeEntry(this.options.now())) return refuse(closeCodes.tooMany);
    return {
      leave,
      enter: (socket, stream) => {
        const connection = new Connection(socket, stream, mirror, claims, terms, expiresAt, rates, () => {
          this.connections.delete(connection);
          leave();
        });
        this.connections.add(connection);
      },
    };
  }

  private ratesOf(mirror: LiveMirror, participantId: ParticipantId): RequestRates {
    const all = this.rates.get(mirror) ?? new Map<ParticipantId, RequestRates>();
    this.rates.set(mirror, all);
    const rates = all.get(participantId) ?? new RequestRates(this.options.now());
    all.set(participantId, rates);
    return rates;
  }
}
