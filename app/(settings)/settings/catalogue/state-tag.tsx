import type { ImportState } from "@/lib/protocol/imports";
import type { CatalogueSettingsKey } from "@/lib/ui/messages/catalogue-settings";
import type { Translate } from "@/lib/ui/messages/define";
import styles from "./catalogue.module.css";
import { stateWords } from "./feed-words";

const looks: Readonly<Record<ImportState, string | undefined>> = {
  waiting: styles.quiet,
  running: styles.busy,
  asking: styles.warning,
  done: styles.good,
  unchanged: styles.quiet,
  kept: styles.quiet,
  failed: styles.bad,
  cancelled: styles.quiet,
};

export function StateTag(props: {
  readonly state: ImportState;
  readonly t: Translate<CatalogueSettingsKey>;
}) {
  return (
    <span
      className={`${styles.tag} ${looks[props.state] ?? ""}`}
      data-state={props.state}
      data-testid="import-state"
    >
      {props.t(stateWords[props.state])}
    </span>
  );
}
