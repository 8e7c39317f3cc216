"use client";
import { Fragment } from "react";
import type { CustomerFacts, VisitedPage } from "@/lib/protocol/desk";
import type { Room } from "@/lib/sync/client/room";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { SharedBasket } from "./basket/shared-basket";
import type { ProductActions } from "./catalogue-tab";
import { Companions } from "./companions";
import { CustomerCart } from "./customer-cart";
import { EarlierConversations, VisitDays } from "./customer-history";
import { CustomerOrderList } from "./customer-orders";
import styles from "./customer-tab.module.css";
import { Picture } from "./picture";
import { TrailRow } from "./trail-row";
import { useMaybeSnapshot } from "./use-maybe-snapshot";
import { ageOf } from "./waiting-reason";

/** Where she is, what she looked at, what is in her cart, and the few facts that help. */
export function CustomerTab(props: {
  readonly room: Room | null;
  /** Null before they came. */
  readonly facts: CustomerFacts | null;
  readonly failed: boolean;
  readonly now: number;
  readonly products: ProductActions;
  readonly onReply: (text: string) => void;
}) {
  const t = useMessages<DeskKey>("desk");
  const snapshot = useMaybeSnapshot(props.room);
  const people = snapshot?.room?.participants;
  const gone = people?.find((one) => one.role === "customer")?.online === false;
  const { facts, failed } = props;
  if (facts === null) return <CustomerSkeleton label={failed ? t("errorUnavailable") : t("loading")} />;
  return (
    <div className={styles.customer}>
      <NowOn page={facts.page} gone={gone} now={props.now} />
      <Companions room={props.room} conversationId={facts.conversationId} />
      <section>
        <h2 className={styles.heading}>{t("trail")}</h2>
        <ol className={styles.trail} data-testid="visitor-trail" title={t("claimed")}>
          {facts.trail.map((visit) => (
            <TrailRow
              key={`${visit.product?.productId ?? visit.url}`}
              visit={visit}
              now={props.now}
              products={props.products}
            />
          ))}
          {facts.trail.length === 0 && <li className={styles.none}>{t("trailEmpty")}</li>}
        </ol>
      </section>
      <SharedBasket room={props.room} />
      <CustomerCart facts={facts} now={props.now} />
      <CustomerOrderList
        conversationId={facts.conversationId}
        count={facts.orders}
        reply={snapshot?.rights.chat ? { locale: facts.locale, add: props.onReply } : null}
      />
      <EarlierConversations earlier={facts.earlier} />
      <Facts facts={facts} />
    </div>
  );
}

function NowOn(props: {
  readonly page: VisitedPage | null;
  /** She has left: the page is where she was last. */
  readonly gone: boolean;
  readonly now: number;
}) {
  const { page, now } = props;
  const t = useMessages<DeskKey>("desk");
  if (page === null) return null;
  const where = t(props.gone ? "lastOn" : "nowOn");
  const title = page.product?.title ?? page.title;
  const age = ageOf(Math.max(0, now - page.at), t);
  return (
    <section className={styles.now} data-testid="visitor-page">
      {page.product && (
        <Picture className={styles.nowPicture} picture={page.product.picture} cssPixels={72} alt="" />
      )}
      <div>
        <p className={styles.label}>{age === t("justNow") ? where : `${where} · ${age}`}</p>
        <p className={styles.title}>
          {page.url === "" ? (
            title
          ) : (
            <a href={page.url} target="_blank" rel="noreferrer noopener nofollow">
              {title || page.url}
            </a>
          )}
        </p>
      </div>
    </section>
  );
}

function Facts({ facts }: { readonly facts: CustomerFacts }) {
  const t = useMessages<DeskKey>("desk");
  const locale = useLocale();
  const language = new Intl.DisplayNames(locale, { type: "language" }).of(facts.locale) ?? facts.locale;
  const since = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const { earlierConversations: earlier } = facts;
  return (
    <section>
      <h2 className={styles.heading}>{t("facts")}</h2>
      <p className={styles.returning} data-returning={earlier > 0}>
        {earlier === 0 ? t("firstTime") : t("returning", { count: earlier })}
      </p>
      <dl className={styles.facts}>
        {facts.person && <Vouched person={facts.person} />}
        <dt>{t("factLanguage")}</dt>
        <dd>{language}</dd>
        <dt>{t("factSince")}</dt>
        <dd>{since.format(facts.firstSeenAt)}</dd>
        <VisitDays visits={facts.visits} />
        <dt>{t("factOrders")}</dt>
        <dd>{facts.orders}</dd>
        {facts.context.map(({ name, value }) => (
          <Fragment key={name}>
            <dt title={t("claimed")}>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

/** Who she is by the word of the shop's own server. */
function Vouched({ person }: { readonly person: NonNullable<CustomerFacts["person"]> }) {
  const t = useMessages<DeskKey>("desk");
  return (
    <>
      <dt>{t("factCustomerNumber")}</dt>
      <dd>{person.externalId}</dd>
      {person.email !== "" && (
        <>
          <dt>{t("factEmail")}</dt>
          <dd>{person.email}</dd>
        </>
      )}
    </>
  );
}

function CustomerSkeleton({ label }: { readonly label: string }) {
  return (
    <div className={styles.customer} role="status" aria-label={label}>
      <div className={styles.skeleton} data-tall="true" />
      <div className={styles.skeleton} />
      <div className={styles.skeleton} />
      <ol data-testid="visitor-trail" className="visually-hidden" aria-hidden="true" />
    </div>
  );
}
