"use client";
import ChevronDown from "lucide-react/icons/chevron-down";
import { useId, useState } from "react";
import type { CustomerOrder, CustomerOrderDetails } from "@/lib/protocol/customer-orders";
import type { ConversationId } from "@/lib/protocol/ids";
import { formatPrice } from "@/lib/ui/chat/format-price";
import { Button } from "@/lib/ui/controls/button";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./customer-orders.module.css";
import tab from "./customer-tab.module.css";
import { orderInWords } from "./order-in-words";
import { useCustomerOrders, useOrder } from "./use-customer-orders";

/** Takes words into the reply that an agent is writing, in the customer's language; null where she may not write. */
export interface Reply {
  readonly locale: string;
  readonly add: (text: string) => void;
}

/** What she ordered before, newest first; one opens to its lines and where it is. */
export function CustomerOrderList(props: {
  readonly reply: Reply | null;
  readonly conversationId: ConversationId;
  /** Orders that we know of. */
  readonly count: number;
}) {
  const t = useMessages<DeskKey>("desk");
  const list = useCustomerOrders(props.conversationId, props.count);
  if (list === null || list.orders.length === 0) return null;
  return (
    <section data-testid="customer-orders">
      <h2 className={tab.heading}>{t("factOrders")}</h2>
      <ul className={styles.orders}>
        {list.orders.map((order) => (
          <OrderRow
            key={order.reference}
            conversationId={props.conversationId}
            order={order}
            reply={props.reply}
          />
        ))}
      </ul>
    </section>
  );
}

function OrderRow(props: {
  readonly conversationId: ConversationId;
  readonly order: CustomerOrder;
  readonly reply: Reply | null;
}) {
  const { conversationId, order } = props;
  const t = useMessages<DeskKey>("desk");
  const locale = useLocale();
  const id = useId();
  const [open, setOpen] = useState(false);
  const details = useOrder(conversationId, order.reference, open);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(order.placedAt);
  return (
    <li className={styles.order}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.what}>
          <b>{order.reference}</b>
          <span className={styles.when}>{[date, wordOf(order, t)].filter(Boolean).join(" · ")}</span>
        </span>
        <span className={styles.amount} data-cancelled={order.cancelled}>
          {formatPrice(order.totalMinor, order.currency, locale)}
        </span>
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <div id={id} hidden={!open} className={styles.details}>
        {details.kind === "loading" && <p role="status">{t("loading")}</p>}
        {details.kind === "failed" && <p role="alert">{t("errorUnavailable")}</p>}
        {details.kind === "open" && <Details order={details.order} reply={props.reply} />}
      </div>
    </li>
  );
}

function Details({ order, reply }: { readonly order: CustomerOrderDetails; readonly reply: Reply | null }) {
  const t = useMessages<DeskKey>("desk");
  const [isInReply, setIsInReply] = useState(false);
  const parcel = [order.carrier, order.trackingNumber].filter(Boolean).join(" ");
  return (
    <>
      <ul>
        {order.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an order may be alike, and none moves
          <li key={index}>
            {line.quantity} × {line.title}
          </li>
        ))}
      </ul>
      {order.deliveryDate !== "" && <p>{t("orderDelivery", { date: order.deliveryDate })}</p>}
      {parcel !== "" && (
        <p>
          {/^https?:\/\//.test(order.trackingUrl) ? (
            <a href={order.trackingUrl} target="_blank" rel="noreferrer noopener nofollow">
              {parcel}
            </a>
          ) : (
            parcel
          )}
        </p>
      )}
      {reply !== null && (
        <Button
          look="quiet"
          data-testid="order-to-reply"
          onClick={() => {
            reply.add(orderInWords(order, wordOf(order, t), reply.locale));
            setIsInReply(true);
          }}
        >
          {t(isInReply ? "orderInReply" : "orderToReply")}
        </Button>
      )}
    </>
  );
}

/** The shop's own word for where an order is, else what we know of it. */
function wordOf(order: CustomerOrder, t: (key: DeskKey) => string): string {
  if (order.cancelled) return t("orderCancelled");
  if (order.state !== "") return order.state;
  return order.proven ? "" : t("orderClaimed");
}
