"use client";
import { useCell } from "./cell";
/** Back to the others with one click, for whoever looks alone. */
import styles from "./elsewhere-chip.module.css";
import { usePanel, usePanelMessages, usePeers, useSnapshot, useTogether } from "./panel-provider";
import { agentName, personOf } from "./participants";

export function ElsewhereChip() {
  const panel = usePanel();
  const t = usePanelMessages();
  const together = useTogether();
  const snapshot = useSnapshot();
  const follow = useCell(panel.follow);
  const others = usePeers().filter((peer) => peer.participantId !== snapshot.you && peer.view);
  if (together || others.length === 0) return null;
  const leader = others.toSorted((a, b) => (b.view?.clock ?? 0) - (a.view?.clock ?? 0))[0];
  const name =
    (leader && personOf(snapshot, leader.participantId)?.name) ?? agentName(snapshot) ?? t("somebody");
  return (
    <div className={styles.chip} data-testid="elsewhere">
      <span>{t("elsewhere", { name })}</span>
      <button type="button" onClick={() => follow.setTogether(true)}>
        {t("followNow")}
      </button>
    </div>
  );
}
