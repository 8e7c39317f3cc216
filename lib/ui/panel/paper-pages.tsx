"use client";
/** The next and the previous page of a paper, one click away at the stage's edge. */
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { pageBeside } from "@/lib/panel/paper-pages";
import { useCell } from "./cell";
import styles from "./flip-pictures.module.css";
import { useComparison, useItem, usePanel, usePanelMessages } from "./panel-provider";

export function PaperPages() {
  const panel = usePanel();
  const t = usePanelMessages();
  const item = useItem();
  const follow = useCell(panel.follow);
  const items = useCell(useCell(panel.binding).items);
  // Showing another item would end what is compared.
  const comparing = useComparison() !== null;
  if (!item?.page || item.page.of < 2 || comparing) return null;
  const { number, of: count } = item.page;
  const [before, after] = [pageBeside(items, item, -1), pageBeside(items, item, 1)];
  return (
    <div className={styles.flip} data-panel-chrome="">
      <button
        type="button"
        aria-label={t("pagePrevious")}
        data-testid="page-previous"
        disabled={before === null}
        onClick={() => before && follow.show(before.id)}
      >
        <ChevronLeft size={20} aria-hidden="true" />
      </button>
      <span>{t("flipPlace", { number, count })}</span>
      <button
        type="button"
        aria-label={t("pageNext")}
        data-testid="page-next"
        disabled={after === null}
        onClick={() => after && follow.show(after.id)}
      >
        <ChevronRight size={20} aria-hidden="true" />
      </button>
    </div>
  );
}
