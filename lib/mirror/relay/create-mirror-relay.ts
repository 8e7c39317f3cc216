/** The mirror's relay, put together: give it upgrades of MIRROR_PATH. Spec: lib/mirror/SPEC.md, "Consent and relay". */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { closeCodes } from "@/lib/protocol/close-codes";
import type { ConversationId, MemberId, ParticipantId } from "@/lib/protocol/ids";
import { SUSPEND_MS } from "@/lib/protocol/mirror";
import type { LiveMirror } from "./live-mirror";
import { MirrorDoor } from "./mirror-door";
import { Mirrors } from "./mirrors";
import { defaultMirrorOptions, type MirrorOptions } from "./options";
import type { MirrorPorts } from "./ports";

/** How long a stopping relay waits for what is not stored yet. */
const CLOSE_WITHIN_MS = 5_000;

export interface MirrorFigures {
  /** Pages that are shared, paused ones and those waited for among them. */
  readonly mirrors: number;
  readonly viewers: number;
  readonly connections: number;
  /** Bytes that wait in sockets. */
  readonly unsentBytes: number;
  /** Bytes of pages that wait for slow viewers before their sockets. */
  readonly queuedBytes: number;
}

export interface MirrorRelay {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Status, people or the shop's settings changed in the database: read again. Never throws. */
  conversationChanged(conversationId: ConversationId): Promise<void>;
  /** A participant may no longer be here. */
  disconnect(participantId: ParticipantId): void;
  /** `removed`: for good; otherwise she comes back with the rights she has by then. */
  disconnectMember(memberId: MemberId, removed: boolean): void;
  figures(): MirrorFigures;
  /** Tells everybody to come back, stores what is on its way, frees everything. */
  close(): Promise<void>;
}

export function createMirrorRelay(ports: MirrorPorts, options: Partial<MirrorOptions> = {}): MirrorRelay {
  const all = { ...defaultMirrorOptions, ...options };
  const mirrors = new Mirrors(ports, all);
  const door = new MirrorDoor(mirrors, ports, all);
  const pings = setInterval(() => {
    for (const connection of door.connections) connection.ping();
  }, all.pingMs);
  const beat = () => {
    for (const mirror of mirrors.live()) mirror.beat();
    endLost(ports, mirrors, all).catch((error: unknown) =>
      ports.log?.("error", "lost mirrors were not ended", {
        error: error instanceof Error ? error.message : "",
      }),
    );
  };
  const beats = setInterval(beat, all.heartbeatMs);
  beat();
  return {
    handleUpgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
    async conversationChanged(conversationId) {
      const mirror = mirrors.find(conversationId);
      if (mirror === null) return;
      await readAgain(ports, mirror).catch((error) => mirror.log("the mirror was not read again", error));
    },
    disconnect(participantId) {
      for (const mirror of mirrors.live()) mirror.remove(participantId);
    },
    disconnectMember(memberId, removed) {
      for (const mirror of mirrors.live()) {
        for (const member of [...mirror.members]) {
          if (member.claims.memberId !== memberId) continue;
          if (removed) mirror.remove(member.claims.participantId);
          else member.close(closeCodes.unauthorized);
        }
      }
    },
    figures: () => ({
      mirrors: mirrors.live().filter(({ isShared }) => isShared).length,
      viewers: mirrors.live().reduce((sum, { viewerCount }) => sum + viewerCount, 0),
      connections: door.connections.size,
      unsentBytes: [...door.connections].reduce((sum, { unsentBytes }) => sum + unsentBytes, 0),
      queuedBytes: [...door.connections].reduce((sum, { feed }) => sum + (feed?.queuedBytes ?? 0), 0),
    }),
    async close() {
      clearInterval(pings);
      clearInterval(beats);
      await door.close();
      await mirrors.close(CLOSE_WITHIN_MS);
      for (const connection of door.connections) connection.terminate();
    },
  };
}

async function readAgain(ports: MirrorPorts, mirror: LiveMirror): Promise<void> {
  const conversation = await ports.authorize.findConversation(mirror.conversationId);
  if (conversation === null || conversation.status === "closed") {
    mirror.end("conversation-ended");
    return;
  }
  for (const member of [...mirror.members]) {
    const terms = await ports.store.findTerms(mirror.shopId, member.claims.memberId ?? null);
    if (!terms.allowed) {
      mirror.end("switched-off");
      return;
    }
    mirror.setTerms(member, terms);
  }
}

/** Mirrors of a server that died and that nobody came back to: loaded, they find that their time is over. */
async function endLost(ports: MirrorPorts, mirrors: Mirrors, options: MirrorOptions): Promise<void> {
  const lost = await ports.store.listLost(options.now() - SUSPEND_MS - options.heartbeatMs);
  for (const conversationId of lost) {
    const { release } = await mirrors.lease(conversationId);
    release();
  }
}
