"use client";
import UserX from "lucide-react/icons/user-x";
import { useState } from "react";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import type { Room } from "@/lib/sync/client/room";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./companions.module.css";
import tab from "./customer-tab.module.css";
import { sendAway } from "./desk-api";
import { errorWords } from "./error-words";
import { ParticipantDot } from "./participant-dot";
import { useMaybeSnapshot } from "./use-maybe-snapshot";

/** Whom the customer brought along; an agent of the conversation sends them away. Nothing while there is nobody. */
export function Companions(props: { readonly room: Room | null; readonly conversationId: ConversationId }) {
  const t = useMessages<DeskKey>("desk");
  const snapshot = useMaybeSnapshot(props.room);
  const [failed, setFailed] = useState<unknown>(null);
  const here = (snapshot?.room?.participants ?? []).filter(
    ({ role, hasLeft }) => role === "companion" && !hasLeft,
  );
  if (here.length === 0) return null;
  async function press(participantId: ParticipantId): Promise<void> {
    setFailed(null);
    await sendAway(props.conversationId, participantId).catch(setFailed);
  }
  return (
    <section data-testid="companions">
      <h2 className={tab.heading}>{t("companions")}</h2>
      <ul>
        {here.map(({ participantId, name, color }) => (
          <li key={participantId} className={styles.companion}>
            <ParticipantDot small name={name} color={color} />
            <span className={styles.name}>{name}</span>
            {snapshot?.rights.lead && (
              <IconButton label={t("sendAway", { name })} onClick={() => void press(participantId)}>
                <UserX size={18} aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.failed} role="alert">
        {failed !== null && t(errorWords(failed))}
      </p>
    </section>
  );
}
