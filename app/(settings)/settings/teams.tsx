"use client";
/** Teams that reports can be narrowed to: made and removed here, and each of the shop's people put into one or none. */
import { useState, useTransition } from "react";
import { Button } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SettingsKey } from "@/lib/ui/messages/settings";
import type { ListedPerson } from "./people";
import styles from "./settings.module.css";
import { changeTeams, type TeamsChange, type TeamsResult } from "./teams-actions";

export interface ListedTeam {
  readonly teamId: string;
  readonly name: string;
  readonly members: number;
}

export function Teams(props: {
  readonly teams: readonly ListedTeam[];
  readonly people: readonly ListedPerson[];
}) {
  const t = useMessages<SettingsKey>("settings");
  const { teams, people } = props;
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<TeamsResult>(null);
  const [busy, start] = useTransition();
  const change = (asked: TeamsChange) =>
    start(async () => {
      const result = await changeTeams(asked);
      setRefused(result);
      if (asked.change === "add" && result === null) setName("");
    });
  return (
    <section className={styles.section} aria-labelledby="teams-title">
      <div className={styles.about}>
        <h2 id="teams-title">{t("teams")}</h2>
        <p>{t("teamsText")}</p>
      </div>
      <div className={styles.card} aria-busy={busy}>
        {teams.length === 0 ? null : (
          <ul className={styles.rows}>
            {teams.map((team) => (
              <TeamRow
                key={team.teamId}
                team={team}
                onRemove={() => change({ change: "remove", teamId: team.teamId })}
              />
            ))}
            {people.map(({ memberId, name: person, teamId }) => (
              <li key={memberId} className={styles.row}>
                <p className={styles.grow}>{person}</p>
                <select
                  className={styles.select}
                  aria-label={t("teamOf", { name: person })}
                  value={teamId ?? ""}
                  onChange={(event) =>
                    change({ change: "put", memberId, teamId: event.target.value || null })
                  }
                >
                  <option value="">{t("noTeam")}</option>
                  {teams.map((team) => (
                    <option key={team.teamId} value={team.teamId}>
                      {team.name}
                    </option>
                  ))}
                </select>
              </li>
            ))}
          </ul>
        )}
        <form
          className={styles.add}
          onSubmit={(event) => {
            event.preventDefault();
            change({ change: "add", name });
          }}
        >
          <h3>{t("addTeam")}</h3>
          <label className={styles.field}>
            <span>{t("teamName")}</span>
            <input
              className={styles.input}
              autoComplete="off"
              maxLength={60}
              required
              value={name}
              onChange={(event) => setName(event.target.value)}
              data-testid="team-name"
            />
          </label>
          <Button look="primary" type="submit" disabled={busy}>
            {t("addButton")}
          </Button>
          <p role="alert" className={styles.bad}>
            {refused !== null && t(refused === "conflict" ? "teamTaken" : "failed")}
          </p>
        </form>
      </div>
    </section>
  );
}

/** Removing asks once more, in place. */
function TeamRow({ team, onRemove }: { readonly team: ListedTeam; readonly onRemove: () => void }) {
  const t = useMessages<SettingsKey>("settings");
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <li className={styles.row}>
        <p className={styles.grow}>{t("removeTeamAsk", { name: team.name })}</p>
        <Button look="danger" onClick={onRemove}>
          {t("removeYes")}
        </Button>
        <Button look="quiet" autoFocus onClick={() => setAsking(false)}>
          {t("cancel")}
        </Button>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <div className={styles.grow}>
        <p className={styles.strong}>{team.name}</p>
        <p className={styles.help}>{t("inTeam", { count: team.members })}</p>
      </div>
      <Button look="quiet" onClick={() => setAsking(true)} aria-label={t("removeTeam", { name: team.name })}>
        {t("remove")}
      </Button>
    </li>
  );
}
