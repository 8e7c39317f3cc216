/** Turns the flat list of messages into days and groups: one author, close in time, one name. */
import type { ParticipantId } from "@/lib/protocol/ids";
import type { LogMessage } from "./log-message";

/** Milliseconds after which the same author starts a new group: the time is worth showing again. */
const GROUP_GAP_MS = 5 * 60_000;

export interface MessageGroup {
  readonly kind: "group";
  readonly key: string;
  readonly participantId: ParticipantId | null;
  readonly messages: readonly LogMessage[];
}
interface NoticeRow {
  readonly kind: "notice";
  readonly key: string;
  readonly message: LogMessage;
}
export interface DayRows {
  /** Local calendar day, such as "2026-11-21". */
  readonly day: string;
  readonly at: number;
  readonly rows: readonly (MessageGroup | NoticeRow)[];
}

export function groupMessages(messages: readonly LogMessage[]): readonly DayRows[] {
  const days: { day: string; at: number; rows: (MutableGroup | NoticeRow)[] }[] = [];
  for (const message of messages) {
    const day = dayOf(message.at);
    let current = days.at(-1);
    if (current === undefined || current.day !== day) {
      current = { day, at: message.at, rows: [] };
      days.push(current);
    }
    const last = current.rows.at(-1);
    if (message.body.kind === "notice") {
      current.rows.push({ kind: "notice", key: message.clientId, message });
    } else if (last?.kind === "group" && continues(last, message)) {
      last.messages.push(message);
    } else {
      current.rows.push({
        kind: "group",
        key: message.clientId,
        participantId: message.participantId,
        messages: [message],
      });
    }
  }
  return days;
}

interface MutableGroup extends MessageGroup {
  readonly messages: LogMessage[];
}

function continues(group: MutableGroup, message: LogMessage): boolean {
  const previous = group.messages.at(-1);
  return (
    previous !== undefined &&
    group.participantId === message.participantId &&
    message.at - previous.at < GROUP_GAP_MS
  );
}

/** The reader's own calendar day. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
