"use client";
import { useActionState, useState, useTransition } from "react";
import type { MemberId } from "@/lib/protocol/ids";
import { type MemberRole, memberRoles } from "@/lib/protocol/roles";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import { addPerson, changePerson, type PeopleResult, type PersonChange } from "./actions";
import { CopyLine } from "./copy-line";
import { PersonRow } from "./person-row";
import styles from "./settings.module.css";

export interface ListedPerson {
  readonly memberId: MemberId;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly since: string;
  readonly teamId: string | null;
}

export function People({
  people,
  you,
}: {
  readonly people: readonly ListedPerson[];
  readonly you: MemberId;
}) {
  const t = useMessages<SettingsKey>("settings");
  const [result, setResult] = useState<PeopleResult>({ kind: "idle" });
  const [busy, start] = useTransition();
  const [, add, adding] = useActionState<PeopleResult, FormData>(
    async (before, form) => {
      const next = await addPerson(before, form);
      setResult(next);
      return next;
    },
    { kind: "idle" },
  );
  const change = (asked: PersonChange) => start(async () => setResult(await changePerson(asked)));
  return (
    <section className={styles.section} aria-labelledby="people-title">
      <div className={styles.about}>
        <h2 id="people-title">{t("people")}</h2>
        <p>{t("peopleText")}</p>
      </div>
      <div className={styles.card}>
        <ul className={styles.rows} aria-busy={busy}>
          {people.map((person) => (
            <PersonRow
              key={person.memberId}
              person={person}
              isYou={person.memberId === you}
              onChange={change}
            />
          ))}
        </ul>
        <div aria-live="polite">
          {result.kind === "password" && (
            <div className={styles.password}>
              <p>{t("password", { name: result.name })}</p>
              <CopyLine key={result.password} text={result.password} />
              <Button look="quiet" onClick={() => setResult({ kind: "idle" })}>
                {t("done")}
              </Button>
            </div>
          )}
          {result.kind === "refused" && <p className={styles.bad}>{t(wordsOf(result.code))}</p>}
        </div>
        <form className={styles.add} action={add}>
          <h3>{t("add")}</h3>
          <label className={styles.field}>
            <span>{t("personName")}</span>
            <input className={styles.input} name="name" autoComplete="off" maxLength={80} required />
          </label>
          <label className={styles.field}>
            <span>{t("personEmail")}</span>
            <input className={styles.input} name="email" type="email" autoComplete="off" required />
          </label>
          <label className={styles.field}>
            <span>{t("role")}</span>
            <select className={styles.input} name="role" defaultValue="agent">
              {memberRoles.map((role) => (
                <option key={role} value={role}>
                  {t(role)}
                </option>
              ))}
            </select>
          </label>
          <Button look="primary" type="submit" disabled={adding}>
            {t("addButton")}
          </Button>
        </form>
      </div>
    </section>
  );
}

function wordsOf(code: Extract<PeopleResult, { kind: "refused" }>["code"]): SettingsKey {
  if (code === "conflict") return "emailTaken";
  if (code === "forbidden") return "lastAdmin";
  return code === "bad_request" ? "badPerson" : "failed";
}
