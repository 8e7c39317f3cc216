import { type FormEvent, useId, useState } from "react";
import { joinedCompanionSchema } from "@/lib/protocol/companions";
import { AppError } from "@/lib/protocol/errors";
import { MAX_COMPANION_NAME_CHARS } from "@/lib/protocol/limits";
import { Button } from "@/lib/ui/controls/button";
import type { CompanionKey } from "@/lib/ui/messages/companion";
import { useMessages } from "@/lib/ui/messages/provider";
import { call } from "../frame/frame-api";
import styles from "./companion.module.css";
import type { CompanionBoot } from "./companion-boot";
import type { Seat } from "./kept-seat";

/** Says what she is invited to and what she may do there, before anybody is told of her. */
export function JoinScreen(props: {
  readonly code: string;
  readonly invitation: NonNullable<CompanionBoot["invitation"]>;
  readonly onJoined: (seat: Seat) => void;
}) {
  const { code, invitation } = props;
  const t = useMessages<CompanionKey>("companion");
  const nameId = useId();
  const [name, setName] = useState("");
  const [state, setState] = useState<"asking" | "joining" | CompanionKey>("asking");

  async function join(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState("joining");
    try {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ code, name });
      const joined = joinedCompanionSchema.parse(
        await call("/api/v1/companions", { method: "POST", headers, body }),
      );
      props.onJoined({ ...joined, ...invitation });
    } catch (error) {
      setState(reasonOf(error));
    }
  }

  const failed = state === "asking" || state === "joining" ? null : t(state);
  return (
    <main className={styles.screen}>
      <form className={styles.card} onSubmit={(event) => void join(event)}>
        <p className={styles.shop}>{invitation.shop}</p>
        <h1>{t("pageTitle", { customer: invitation.customer })}</h1>
        <p>{t("pageText", { ...invitation })}</p>
        <label htmlFor={nameId}>{t("yourName")}</label>
        <input
          id={nameId}
          className={styles.name}
          value={name}
          maxLength={MAX_COMPANION_NAME_CHARS}
          autoComplete="given-name"
          required
          data-testid="companion-name"
          onChange={(event) => setName(event.target.value)}
        />
        <p className={styles.failed} role="alert">
          {failed}
        </p>
        <Button look="primary" type="submit" disabled={state === "joining" || name.trim() === ""}>
          {t(state === "joining" ? "getting" : "join")}
        </Button>
      </form>
    </main>
  );
}

function reasonOf(error: unknown): CompanionKey {
  const code = error instanceof AppError ? error.code : null;
  if (code === "not_found") return "goneText";
  return code === "too_many" ? "full" : "joinFailed";
}
