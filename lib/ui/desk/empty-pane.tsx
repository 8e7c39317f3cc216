import BellRing from "lucide-react/icons/bell-ring";
import { Button } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import styles from "./empty-pane.module.css";
import type { DeskRing } from "./use-ring";

/** The middle of the desk while no conversation is open. */
export function EmptyPane(props: { readonly waiting: number; readonly ring: DeskRing }) {
  const t = useMessages<DeskKey>("desk");
  const { waiting, ring } = props;
  const calm = waiting === 0;
  return (
    <section className={styles.empty}>
      <Scene />
      <h1 className={styles.title}>{calm ? t("emptyTitle") : t("chooseTitle", { count: waiting })}</h1>
      <p>{t(calm ? "emptyText" : "chooseText")}</p>
      {calm && <p className={styles.hint}>{t("emptyHint")}</p>}
      {ring.notify === "ask" && (
        <Button onClick={() => void ring.askToNotify()}>
          <BellRing size={18} aria-hidden="true" />
          {t("turnOnNotifications")}
        </Button>
      )}
      {ring.notify === "blocked" && <p className={styles.hint}>{t("notificationsBlocked")}</p>}
    </section>
  );
}

/** A shop window in the evening: the picture in it, and two people's marks. */
function Scene() {
  return (
    <svg className={styles.scene} viewBox="0 0 240 160" aria-hidden="true">
      <rect className={styles.window} x="28" y="20" width="184" height="112" rx="10" />
      <path className={styles.sill} d="M16 132h208" />
      <path className={styles.hanger} d="M120 34c6 0 8 6 4 9l-4 3v5M92 62l28-11 28 11" />
      <path className={styles.dress} d="M104 60h32l-6 18 16 40H94l16-40z" />
      <ellipse className={styles.circle} cx="120" cy="80" rx="24" ry="13" />
      <path className={styles.arrow} d="M184 44l-30 27m2-11-2 11 11-1" />
    </svg>
  );
}
