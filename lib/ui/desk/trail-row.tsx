import MonitorUp from "lucide-react/icons/monitor-up";
import type { TrailedProduct } from "@/lib/protocol/desk";
import { IconButton } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useMessages } from "@/lib/ui/messages/provider";
import type { ProductActions } from "./catalogue-tab";
import styles from "./customer-tab.module.css";
import { Picture } from "./picture";
import { ageOf, lengthOf } from "./waiting-reason";

/** One product she viewed; what we know from the catalogue can be put on the panel from here. */
export function TrailRow(props: {
  readonly visit: TrailedProduct;
  readonly now: number;
  readonly products: ProductActions;
}) {
  const t = useMessages<DeskKey>("desk");
  const { visit, products } = props;
  const { product } = visit;
  const title = product?.title ?? (visit.title || visit.url);
  const stayed = lengthOf(visit.stayedMs, t);
  return (
    <li className={styles.visit}>
      <Picture className={styles.visitPicture} picture={product?.picture ?? null} cssPixels={48} alt="" />
      <span className={styles.visitText}>
        <span className={styles.visitTitle}>{title}</span>
        <span className={styles.visitAge}>
          <time dateTime={new Date(visit.at).toISOString()}>
            {ageOf(Math.max(0, props.now - visit.at), t)}
          </time>
          {stayed !== null && ` · ${t("stayed", { time: stayed })}`}
        </span>
      </span>
      {product && products.enabled && (
        <IconButton label={t("showName", { title })} onClick={() => void products.show(product.productId, 0)}>
          <MonitorUp size={18} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
