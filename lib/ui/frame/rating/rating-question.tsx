/** "How was it?": five faces, one press, and another press while the frame is open says it anew (SPEC.md, FR40, FR41). */
import { useId, useState } from "react";
import type { ConversationId } from "@/lib/protocol/ids";
import { type Score, scores } from "@/lib/protocol/rating";
import { Button, IconButton } from "@/lib/ui/controls/button";
import type { FrameKey } from "@/lib/ui/messages/frame";
import { useMessages } from "@/lib/ui/messages/provider";
import { Face } from "./face";
import styles from "./rating-question.module.css";
import { sendRating } from "./send-rating";
import { useFocusAlong } from "./use-focus-along";
import { useRating } from "./use-rating";

const words = {
  1: "rateVeryBad",
  2: "rateBad",
  3: "rateFair",
  4: "rateGood",
  5: "rateVeryGood",
} as const satisfies Record<Score, FrameKey>;

export default function RatingQuestion(props: {
  readonly conversationId: ConversationId;
  readonly visitorToken: string;
}) {
  const { conversationId, visitorToken } = props;
  const t = useMessages<FrameKey>("frame");
  const titleId = useId();
  const { chosen, state, rate } = useRating((score) => sendRating(conversationId, visitorToken, score));
  const along = useFocusAlong();
  // One stop for the Tab key: the face that had the focus last.
  const [stop, setStop] = useState<Score>(scores[0]);
  return (
    <div className={styles.question} data-testid="rating">
      <h3 id={titleId}>{t("rateTitle")}</h3>
      <div className={styles.faces} role="radiogroup" aria-labelledby={titleId} onKeyDown={along}>
        {scores.map((score) => (
          <IconButton
            key={score}
            role="radio"
            aria-checked={score === chosen}
            label={t(words[score])}
            tabIndex={score === stop ? 0 : -1}
            className={styles.face ?? ""}
            data-testid={`rating-${score}`}
            onFocus={() => setStop(score)}
            onClick={() => rate(score)}
          >
            <Face score={score} />
          </IconButton>
        ))}
      </div>
      <p className={styles.said} role="status" data-testid="rating-state">
        {state === "said" && chosen !== null ? t("rateThanks", { score: t(words[chosen]) }) : ""}
        {state === "failed" ? t("rateFailed") : ""}
      </p>
      {state === "failed" && chosen !== null && (
        <Button data-testid="rating-again" onClick={() => rate(chosen)}>
          {t("tryAgain")}
        </Button>
      )}
    </div>
  );
}
