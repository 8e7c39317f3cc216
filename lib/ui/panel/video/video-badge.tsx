/** On a thumbnail: this one moves, and for how long. */
import Play from "lucide-react/icons/play";
import { clockText } from "@/lib/panel/moments";
import styles from "./video-badge.module.css";

export function VideoBadge({ duration }: { readonly duration: number }) {
  return (
    <span className={styles.badge} data-testid="video-badge">
      <Play size={9} fill="currentColor" strokeWidth={0} aria-hidden="true" />
      {clockText(duration)}
    </span>
  );
}
