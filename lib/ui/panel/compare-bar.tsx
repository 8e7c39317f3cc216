"use client";
import type { LucideIcon } from "lucide-react";
/** The line above compared pictures: how they lie, what moves along, which is seen, and the way out. */
import ArrowLeftRight from "lucide-react/icons/arrow-left-right";
import Columns2 from "lucide-react/icons/columns-2";
import Images from "lucide-react/icons/images";
import Layers2 from "lucide-react/icons/layers-2";
import Link2 from "lucide-react/icons/link-2";
import Link2Off from "lucide-react/icons/link-2-off";
import X from "lucide-react/icons/x";
import { useCell } from "./cell";
import styles from "./compare-bar.module.css";
import { OpacitySlider } from "./opacity-slider";
import { useComparison, usePanel, usePanelMessages } from "./panel-provider";

export function CompareBar() {
  const panel = usePanel();
  const t = usePanelMessages();
  const choosing = useCell(panel.comparing.choosing);
  const comparison = useComparison();
  const compared = useCell(panel.second.item);
  const { length } = useCell(useCell(panel.binding).items);
  const { comparing } = panel;
  if (choosing) {
    return (
      <div className={styles.bar} role="status" data-testid="compare-choosing">
        <Columns2 size={18} aria-hidden="true" />
        <span className={styles.words}>{t("compareChoose")}</span>
        <BarButton
          icon={X}
          name={t("compareCancel")}
          testId="compare-cancel"
          leaves
          onClick={() => comparing.choosing.set(false)}
        />
      </div>
    );
  }
  if (!comparison || !compared) return null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("compareBar")} data-testid="compare-bar">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame */}
      <div className={styles.modes} role="group" aria-label={t("compareModes")}>
        <BarButton
          icon={Columns2}
          name={t("compareBeside")}
          testId="compare-beside"
          pressed={comparison.mode === "beside"}
          onClick={() => comparing.setMode("beside")}
        />
        <BarButton
          icon={Layers2}
          name={t("compareOver")}
          testId="compare-over"
          pressed={comparison.mode === "over"}
          onClick={() => comparing.setMode("over")}
        />
      </div>
      {comparison.mode === "beside" ? (
        <BarButton
          icon={comparison.linked ? Link2 : Link2Off}
          name={t("compareLinked")}
          testId="compare-linked"
          pressed={comparison.linked}
          onClick={() => comparing.setLinked(!comparison.linked)}
        />
      ) : (
        <OpacitySlider />
      )}
      <BarButton
        icon={ArrowLeftRight}
        name={t("compareSwap")}
        testId="compare-swap"
        onClick={comparing.swap}
      />
      {length > 2 ? (
        <BarButton icon={Images} name={t("compareOther")} testId="compare-other" onClick={comparing.choose} />
      ) : null}
      <BarButton icon={X} name={t("compareEnd")} testId="compare-end" onClick={comparing.end} leaves />
    </div>
  );
}

/** An icon; where there is room, with its name. */
function BarButton(props: {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly testId: string;
  readonly pressed?: boolean;
  /** The bar goes with this press: the focus goes back to the picture. */
  readonly leaves?: boolean;
  readonly onClick: () => void;
}) {
  const { icon: Icon, name, testId, pressed, leaves, onClick } = props;
  return (
    <button
      type="button"
      className={styles.button}
      data-testid={testId}
      aria-label={name}
      aria-pressed={pressed}
      title={name}
      onClick={(event) => {
        const panel = leaves ? event.currentTarget.closest("section") : null;
        onClick();
        panel?.querySelector<HTMLElement>("[data-stage=first]")?.focus({ preventScroll: true });
      }}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      <span aria-hidden="true">{name}</span>
    </button>
  );
}
