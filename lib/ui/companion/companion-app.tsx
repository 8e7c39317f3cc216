"use client";
/**
 * The page of somebody whom a customer invited: asks what to call her, then shows the panel and the chat. Neither the
 * shop's page nor a cart is anywhere near; what she may do is the server's decision.
 */
import { useCallback, useState } from "react";
import type { CompanionKey } from "@/lib/ui/messages/companion";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./companion.module.css";
import type { CompanionBoot } from "./companion-boot";
import { CompanionRoom } from "./companion-room";
import { JoinScreen } from "./join-screen";
import { forgetSeat, keepSeat, keptSeat, type Seat } from "./kept-seat";

export function CompanionApp({ code, invitation }: Pick<CompanionBoot, "code" | "invitation">) {
  const t = useMessages<CompanionKey>("companion");
  const [seat, setSeat] = useState<Seat | null>(() => keptSeat(code));
  const [over, setOver] = useState(false);
  const leave = useCallback(() => {
    forgetSeat(code);
    setOver(true);
  }, [code]);

  if (over) return <Note title={t("overTitle")} text={t("overText")} />;
  if (seat !== null) return <CompanionRoom seat={seat} onOver={leave} />;
  if (invitation === null) return <Note title={t("goneTitle")} text={t("goneText")} />;
  return (
    <JoinScreen
      code={code}
      invitation={invitation}
      onJoined={(joined) => {
        keepSeat(code, joined);
        setSeat(joined);
      }}
    />
  );
}

function Note(props: { readonly title: string; readonly text: string }) {
  return (
    <main className={styles.screen}>
      <div className={styles.card} role="status">
        <h1>{props.title}</h1>
        <p>{props.text}</p>
      </div>
    </main>
  );
}
