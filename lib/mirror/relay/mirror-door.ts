/** Who may come to a mirror: the token is checked as for a room; the conversation goes on, and the shop has it switched on. */
import { MAX_STREAM_FRAME_BYTES } from "@/lib/mirror/wire/stream-frame";
import { type CloseCode, closeCodes } from "@/lib/protocol/close-codes";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import { MIRROR_PATH } from "@/lib/protocol/mirror";
import { Door, type Guest } from "@/lib/sockets/door";
import { RateBudget } from "@/lib/sockets/rate-budget";
import type { Claims } from "@/lib/sync/server/ports";
import { Connection } from "./connection";
import type { LiveMirror } from "./live-mirror";
import type { Mirrors } from "./mirrors";
import type { MirrorOptions } from "./options";
import type { MirrorPorts } from "./ports";

/** Above MAX_STREAM_FRAME_BYTES we close with our own code; above this, ws stops reading (1009). */
const MAX_PAYLOAD_BYTES = 2 * MAX_STREAM_FRAME_BYTES;
/** Connections a second of one participant, averaged over half a minute. */
const MAX_ENTRIES_PER_SECOND = 1;
const ENTRIES_WINDOW_SECONDS = 30;

export class MirrorDoor {
  readonly connections = new Set<Connection>();
  private readonly door: Door;
  /** As long as the mirror is in memory. */
  private readonly entries = new WeakMap<LiveMirror, Map<ParticipantId, RateBudget>>();

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
    const { authorize, store } = this.ports;
    const admission = await authorize.admit(conversationId, token);
    if (admission.kind === "refused") return closeCodes[admission.reason];
    const { claims, expiresAt } = admission;
    const now = this.options.now();
    if (claims.conversationId !== conversationId || expiresAt <= now) return closeCodes.unauthorized;
    const [conversation, terms] = await Promise.all([
      authorize.findConversation(conversationId),
      store.findTerms(claims.shopId, claims.memberId ?? null),
    ]);
    if (conversation === null) return closeCodes.notFound;
    if (conversation.status === "closed" || !terms.allowed) return closeCodes.forbidden;
    const { mirror, release: leave } = await this.mirrors.lease(conversationId);
    const refused = this.refuses(mirror, claims);
    if (refused !== null) {
      leave();
      return refused;
    }
    return {
      leave,
      enter: (socket) => {
        const connection = new Connection(socket, mirror, claims, terms, expiresAt, () => {
          this.connections.delete(connection);
          leave();
        });
        this.connections.add(connection);
      },
    };
  }

  private refuses(mirror: LiveMirror, { participantId }: Claims): CloseCode | null {
    const own = [...mirror.members].filter(({ claims }) => claims.participantId === participantId);
    if (own.length >= this.options.maxConnectionsPerParticipant) return closeCodes.full;
    const budgets = this.entries.get(mirror) ?? new Map<ParticipantId, RateBudget>();
    this.entries.set(mirror, budgets);
    const now = this.options.now();
    const budget =
      budgets.get(participantId) ?? new RateBudget(MAX_ENTRIES_PER_SECOND, ENTRIES_WINDOW_SECONDS, now);
    budgets.set(participantId, budget);
    return budget.take(1, now) ? null : closeCodes.tooMany;
  }
}
