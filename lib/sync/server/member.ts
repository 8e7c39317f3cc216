/** A joined connection as its room sees it. */
import type { CloseCode } from "@/lib/protocol/close-codes";
import type { ErrorCode } from "@/lib/protocol/errors";
import type { Claims } from "./ports";

export interface Member {
  readonly claims: Claims;
  /**
   * catching-up: the server asked for what it lacks and waits for the answer; until then an update that builds on
   * something missing is dropped, for the answer brings it again.
   */
  sync: "catching-up" | "in-step";
  send(frame: Uint8Array): void;
  /** Presence of one Yjs client id: may wait a moment for what else is sent, and a newer one replaces it meanwhile. */
  show(clientId: number, frame: Uint8Array): void;
  /** Presence that waits of this Yjs client id is not sent any more. */
  forget(clientId: number): void;
  /** Tells that an update was not taken; who goes on regardless is closed. */
  refuse(code: ErrorCode): void;
  close(code: CloseCode): void;
  /** A new token was accepted. */
  renew(claims: Claims, expiresAt: number): void;
}
