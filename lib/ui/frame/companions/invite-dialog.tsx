"use client";
/** Where the customer invites somebody to look along, and sends her away again. A chunk of its own: most never open it. */
import UserX from "lucide-react/icons/user-x";
import { useEffect, useId, useRef, useState } from "react";
import { companionInvitationSchema } from "@/lib/protocol/companions";
import type { ConversationId, ParticipantId } from "@/lib/protocol/ids";
import type { RoomSnapshot } from "@/lib/sync/client/room";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { CompanionKey } from "@/lib/ui/messages/companion";
import { useMessages } from "@/lib/ui/messages/provider";
import { bearer, call } from "../frame-api";
import styles from "./invite-dialog.module.css";

export interface InviteDialogProps {
  readonly conversationId: ConversationId;
  readonly visitorToken: string;
  readonly snapshot: RoomSnapshot;
  readonly shopName: string;
  readonly onClose: () => void;
}

export default function InviteDialog(props: InviteDialogProps) {
  const { conversationId, visitorToken, snapshot } = props;
  const t = useMessages<CompanionKey>("companion");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const addressId = useId();
  const { address, failed, ask, sendAway } = useInvitation(conversationId, visitorToken);
  const [copied, setCopied] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  async function copy(): Promise<void> {
    const done = await navigator.clipboard?.writeText(address ?? "").then(
      () => true,
      () => false,
    );
    if (done) setCopied(address);
    // Without leave for the clipboard it is there to be taken by hand.
    else field.current?.select();
  }

  const guests = (snapshot.room?.participants ?? []).filter(
    (one) => one.role === "companion" && !one.hasLeft,
  );
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={titleId} onClose={props.onClose}>
      <h2 id={titleId} className={styles.title}>
        {t("inviteTitle")}
      </h2>
      <p>{t("inviteText")}</p>
      <label htmlFor={addressId}>{t("address")}</label>
      <input
        ref={field}
        id={addressId}
        className={styles.address}
        readOnly
        value={address ?? (failed ? "" : t("getting"))}
        data-testid="companion-address"
        onFocus={(event) => event.target.select()}
      />
      <p className={styles.failed} role="alert">
        {failed && t("inviteFailed")}
      </p>
      <div className={styles.buttons}>
        {failed && address === null ? (
          <Button look="primary" onClick={ask}>
            {t("getting")}
          </Button>
        ) : (
          <>
            {"share" in navigator && (
              <Button
                look="primary"
                disabled={address === null}
                // Whoever changes her mind in the system's sheet has not failed at anything.
                onClick={() =>
                  void navigator.share({ title: props.shopName, url: address ?? "" }).catch(() => undefined)
                }
              >
                {t("share")}
              </Button>
            )}
            <Button disabled={address === null} onClick={() => void copy()}>
              {t(copied !== null && copied === address ? "copied" : "copy")}
            </Button>
          </>
        )}
      </div>
      {guests.length > 0 && (
        <>
          <h3 className={styles.guestsTitle}>{t("guests")}</h3>
          <ul className={styles.guests}>
            {guests.map(({ participantId, name }) => (
              <li key={participantId}>
                <span>{name}</span>
                <IconButton label={t("sendAway", { name })} onClick={() => void sendAway(participantId)}>
                  <UserX size={18} aria-hidden="true" />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.buttons}>
        <Button autoFocus onClick={() => dialog.current?.close()}>
          {t("done")}
        </Button>
      </div>
    </dialog>
  );
}

/** The conversation's address for companions; a new one once somebody was sent away. */
function useInvitation(conversationId: ConversationId, visitorToken: string) {
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const path = `/api/v1/conversations/${conversationId}/companions`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again
  useEffect(() => {
    let gone = false;
    setFailed(false);
    setAddress(null);
    call(path, { method: "POST", headers: bearer(visitorToken) }).then(
      (answer) => {
        const { code } = companionInvitationSchema.parse(answer);
        if (!gone) setAddress(`${window.location.origin}/with/${code}`);
      },
      () => {
        if (!gone) setFailed(true);
      },
    );
    return () => {
      gone = true;
    };
  }, [path, visitorToken, asked]);

  const ask = () => setAsked((count) => count + 1);
  const sendAway = async (participantId: ParticipantId) => {
    try {
      await call(`${path}/${participantId}`, { method: "DELETE", headers: bearer(visitorToken) });
      ask();
    } catch {
      setFailed(true);
    }
  };
  return { address, failed, ask, sendAway };
}
