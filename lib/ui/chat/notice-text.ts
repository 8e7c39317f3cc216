import type { MessageBody } from "@/lib/protocol/chat";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { ChatKey } from "@/lib/ui/messages/chat";
import type { Translate } from "@/lib/ui/messages/define";

type Notice = Extract<MessageBody, { kind: "notice" }>;

/** A notice in the reader's language, and from the reader's side. */
export function noticeText(notice: Notice, reader: ParticipantRole, t: Translate<ChatKey>): string {
  const name = notice.name === "" ? t("somebody") : notice.name;
  switch (notice.code) {
    case "joined":
      return t("noticeJoined", { name });
    case "left":
      return t("noticeLeft", { name });
    case "accepted":
      return t(reader === "customer" ? "noticeAccepted" : "noticeAcceptedAgent", { name });
    case "drawing_locked":
      return t("noticeLocked");
    case "drawing_unlocked":
      return t("noticeUnlocked");
    case "uncovered":
      return t("noticeUncovered", { name });
    case "ended_by_customer":
      return t(reader === "customer" ? "noticeEndedByCustomerOwn" : "noticeEndedByCustomer");
    case "ended_by_agent":
      return t("noticeEndedByAgent", { name });
  }
}
