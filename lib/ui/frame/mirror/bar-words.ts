import type { BarWords } from "@/lib/mirror/wire/port-message";
import type { Translate } from "@/lib/ui/messages/define";
import type { MirrorKey } from "@/lib/ui/messages/mirror";

/** The words of the bar in the shop's page: it loads no catalogue. `{names}` stays for it to fill in. */
export function barWords(t: Translate<MirrorKey>): BarWords {
  return {
    sees: t("sees"),
    seesNobody: t("seesNobody"),
    acts: t("acts"),
    paused: t("paused"),
    privatePage: t("privatePage"),
    showHidden: t("showHidden"),
    hideHidden: t("hideHidden"),
    pause: t("pause"),
    unpause: t("unpause"),
    takeBack: t("takeBack"),
    stop: t("stop"),
    maskedField: t("maskedField"),
    pointsHere: t("pointsHere"),
    drawsHere: t("drawsHere"),
    draw: t("draw"),
    drawArrow: t("drawArrow"),
    drawEllipse: t("drawEllipse"),
    drawPen: t("drawPen"),
    drawHighlighter: t("drawHighlighter"),
    erase: t("erase"),
    doneDrawing: t("doneDrawing"),
    drawFailed: t("drawFailed"),
  };
}
