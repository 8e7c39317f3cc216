"use client";
/** What went on beside the panel at this moment: the product or page before her, her cart, her orders. */
import BadgeCheck from "lucide-react/icons/badge-check";
import Eye from "lucide-react/icons/eye";
import ShoppingBag from "lucide-react/icons/shopping-bag";
import { countUntil, latestOf } from "@/lib/insights/replay/film/film-markers";
import type { Film } from "@/lib/protocol/film";
import { formatMoney } from "@/lib/ui/insights/format";
import type { ReplayKey } from "@/lib/ui/messages/insights-replay";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import { usePicked } from "@/lib/ui/panel/cell";
import styles from "./film-side.module.css";
import type { Player } from "./player";

export function FilmSide({ film, player }: { readonly film: Film; readonly player: Player }) {
  const t = useMessages<ReplayKey>("replay");
  const locale = useLocale();
  // Three numbers, so that nothing is rendered while nothing changes.
  const seen = usePicked(player.head, () => countUntil(film.trail, player.now()));
  const carts = usePicked(player.head, () => countUntil(film.carts, player.now()));
  const bought = usePicked(player.head, () => countUntil(film.orders, player.now()));
  const page = film.trail[seen - 1];
  const cart = latestOf(film.carts.slice(0, carts), Number.POSITIVE_INFINITY);
  return (
    <dl className={styles.side} data-testid="film-side">
      <div>
        <dt>
          <Eye size={16} aria-hidden="true" />
          {t("onHerPage")}
        </dt>
        <dd className={styles.page}>
          {page?.picture ? (
            <img {...page.picture} sizes="48px" alt="" width={48} height={48} draggable={false} />
          ) : null}
          <span>{page ? page.title || t("unknownPage") : t("noPageYet")}</span>
        </dd>
      </div>
      <div>
        <dt>
          <ShoppingBag size={16} aria-hidden="true" />
          {t("cart")}
        </dt>
        <dd>
          {cart && cart.lines.length > 0 ? (
            <ul>
              {cart.lines.map(({ title, quantity }) => (
                <li key={title}>
                  {quantity} × {title}
                </li>
              ))}
            </ul>
          ) : (
            t("cartEmpty")
          )}
        </dd>
      </div>
      {film.orders.slice(0, bought).map(({ number, totalMinor, currency, confirmed, cancelled, lines }) => (
        <div key={number} data-testid="film-order">
          <dt>
            <BadgeCheck size={16} aria-hidden="true" />
            {t("order", { number })}
          </dt>
          <dd>
            <strong>{formatMoney(totalMinor, currency, locale)}</strong>{" "}
            {cancelled ? t("cancelledSince") : confirmed ? "" : t("claimed")}
            <ul>
              {lines.map(({ title, quantity }) => (
                <li key={title}>
                  {quantity} × {title}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
