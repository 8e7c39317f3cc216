import type { MessageBody } from "@/lib/protocol/chat";
import type { ParticipantRole } from "@/lib/protocol/roles";
import type { ChatKey } from "@/lib/ui/messages/chat";
import type { Translate } from "@/lib/ui/messages/define";

import { cartReason } from "./cart-reason";

type Notice = Extract<MessageBody, { kind: "notice" }>;

/** A notice in the reader's language, and from the reader's side. */
export function noticeText(notice: Notice, reader: ParticipantRole, t: Translate<ChatKey>): string {
  const name = notice.name === "" ? t("somebody") : notice.name;
  switch (notice.code) {
    case "joined":
      return t("noticeJoined", { name });
    case "companion_joined":
      return t("noticeCompanion", { name });
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
    case "mirror_started":
      return t(reader === "customer" ? "noticeMirrorStartedOwn" : "noticeMirrorStarted", { name });
    case "mirror_refused":
      return t(reader === "customer" ? "noticeMirrorRefusedOwn" : "noticeMirrorRefused", { name });
    case "mirror_ended":
      return receipt(notice, t);
    case "ended_by_customer":
      return t(reader === "customer" ? "noticeEndedByCustomerOwn" : "noticeEndedByCustomer");
    case "ended_by_agent":
      return t("noticeEndedByAgent", { name });
    case "basket_in_cart":
      return t("noticeBasketInCart", { name });
    case "basket_refused":
      return t("noticeBasketRefused", { name, reason: cartReason(notice.reason ?? "", t) });
    case "basket_declined":
      return t(reader === "customer" ? "noticeBasketDeclinedOwn" : "noticeBasketDeclined", { name });
  }
}

/** Who saw the page and for how long, who acted in it, and whether pictures of it were kept. */
function receipt({ name, minutes = 0, acted = "", frozen = 0 }: Notice, t: Translate<ChatKey>): string {
  const seen = name === "" ? t("noticeMirrorUnseen") : t("noticeMirrorEnded", { name, count: minutes });
  const more = acted === "" ? [] : [t("noticeMirrorActed", { acted })];
  if (frozen > 0) more.push(t("noticeMirrorFrozen", { count: frozen }));
  return [seen, ...more].join(" ");
}
