import { assertNever } from "@/lib/protocol/errors";
import type { ParticipantId } from "@/lib/protocol/ids";
import type { ChatKey } from "@/lib/ui/messages/chat";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import type { BasketCardOf } from "./chat-log";
import styles from "./chat-log.module.css";
import type { MessageGroup as Group } from "./group-messages";
import type { ResolveItem } from "./item-resolver";
import type { LogActions } from "./log-actions";
import type { LogMessage, LogParticipant, LogReceipt } from "./log-message";
import { MessageText } from "./message-text";
import { PictureMessage } from "./picture-message";
import { RecommendationCard } from "./recommendation-card";
import { TickMark } from "./tick-mark";
import { tickOf } from "./tick-of";

/** What one person wrote in one go: the name once above, the time and how far it got once below. */
export function MessageGroup(props: {
  readonly group: Group;
  readonly you: ParticipantId | null;
  readonly participants: readonly LogParticipant[];
  readonly receipts: readonly LogReceipt[];
  /** How often something was uncovered in this conversation. */
  readonly uncovered: number;
  readonly resolveItem: ResolveItem;
  readonly actions: LogActions;
  readonly basketCard?: BasketCardOf;
}) {
  const { group, you } = props;
  const t = useMessages<ChatKey>("chat");
  const locale = useLocale();
  const own =
    you !== null && (group.participantId === you || group.messages.some((one) => one.state !== "stored"));
  const author = props.participants.find((one) => one.participantId === group.participantId);
  const name = own ? t("you") : (author?.name ?? t("somebody"));
  const last = group.messages.at(-1);

  function body(message: LogMessage) {
    switch (message.body.kind) {
      case "text":
        return <MessageText text={message.body.text} />;
      case "recommendation":
        return (
          <>
            <p className={styles.lead}>{own ? t("youRecommended") : t("recommends", { name })}</p>
            {message.body.text !== "" && <MessageText text={message.body.text} />}
            <RecommendationCard
              product={message.body.product}
              resolveItem={props.resolveItem}
              actions={props.actions}
            />
          </>
        );
      case "basket":
        return (
          <>
            <p className={styles.lead}>{own ? t("youProposed") : t("proposes", { name })}</p>
            {message.body.text !== "" && <MessageText text={message.body.text} />}
            {props.basketCard?.(message.body)}
          </>
        );
      case "picture":
        return (
          <PictureMessage
            body={message.body}
            name={name}
            own={own}
            uncovered={props.uncovered}
            resolveItem={props.resolveItem}
            actions={props.actions}
          />
        );
      case "notice":
        return null;
      default:
        return assertNever(message.body);
    }
  }

  return (
    <div className={styles.group} data-own={own} data-color={author ? author.color : undefined}>
      <p className={own ? "visually-hidden" : styles.author}>{name}</p>
      {group.messages.map((message) => (
        <div
          key={message.clientId}
          className={styles.bubble}
          data-kind={message.body.kind}
          data-state={message.state}
          data-seq={message.seq ?? ""}
        >
          {body(message)}
          {message.state === "failed" && (
            <p className={styles.failed}>
              {t("notSent")}
              {props.actions.retry && (
                <button type="button" onClick={() => props.actions.retry?.(message.clientId)}>
                  {t("retrySend")}
                </button>
              )}
              {props.actions.discard && (
                <button type="button" onClick={() => props.actions.discard?.(message.clientId)}>
                  {t("discard")}
                </button>
              )}
            </p>
          )}
        </div>
      ))}
      {last && (
        <p className={styles.meta}>
          <time dateTime={new Date(last.at).toISOString()}>
            {new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(last.at)}
          </time>
          {own && you !== null && <TickMark tick={tickOf(last, you, props.participants, props.receipts)} />}
        </p>
      )}
    </div>
  );
}
