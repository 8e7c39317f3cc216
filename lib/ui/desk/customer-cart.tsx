import ShoppingBag from "lucide-react/icons/shopping-bag";
import type { CustomerFacts } from "@/lib/protocol/desk";
import { formatPrice } from "@/lib/ui/chat/format-price";
import type { DeskKey } from "@/lib/ui/messages/desk";
import { useLocale, useMessages } from "@/lib/ui/messages/provider";
import styles from "./customer-tab.module.css";
import { Picture } from "./picture";
import { useShopCart } from "./use-shop-cart";
import { ageOf } from "./waiting-reason";

/** Her cart as her page told it; where it told none and the shop knows her, as the shop's own system has it. */
export function CustomerCart(props: { readonly facts: CustomerFacts; readonly now: number }) {
  const t = useMessages<DeskKey>("desk");
  const { conversationId, cart: told, person, page } = props.facts;
  const isAsked = told === null && person !== null && person.email !== "";
  const shops = useShopCart(conversationId, isAsked, page?.at ?? 0);
  const cart = told === null ? shops && fromShop(shops) : fromPage(told);
  return (
    <section data-testid="visitor-cart">
      <h2 className={styles.heading}>{t("cart")}</h2>
      {cart === null || cart.lines.length === 0 ? (
        <p className={styles.none}>
          <ShoppingBag size={16} aria-hidden="true" /> {t("cartEmpty")}
        </p>
      ) : (
        <Lines cart={cart} />
      )}
      {shops !== null && (
        <p className={styles.visitAge}>
          {t("cartFromShop", { age: ageOf(Math.max(0, props.now - shops.asOf), t) })}
        </p>
      )}
    </section>
  );
}

interface Shown {
  readonly currency: string;
  readonly totalMinor: number;
  readonly lines: readonly {
    readonly id: string;
    readonly title: string;
    readonly quantity: number;
    /** Null: nobody told. */
    readonly unitMinor: number | null;
    readonly picture: NonNullable<CustomerFacts["cart"]>["lines"][number]["picture"] | undefined;
  }[];
}

function fromPage({ currency, lines }: NonNullable<CustomerFacts["cart"]>): Shown {
  const totalMinor = lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0);
  return { currency, totalMinor, lines };
}

function fromShop({ currency, totalMinor, lines }: NonNullable<ReturnType<typeof useShopCart>>): Shown {
  return {
    ...{ currency, totalMinor },
    lines: lines.map(({ totalMinor: of, ...line }) => ({
      ...line,
      unitMinor: of === null || line.quantity === 0 ? null : Math.round(of / line.quantity),
      picture: undefined,
    })),
  };
}

function Lines({ cart }: { readonly cart: Shown }) {
  const t = useMessages<DeskKey>("desk");
  const locale = useLocale();
  const { currency } = cart;
  return (
    <>
      <ul>
        {cart.lines.map(({ id, title, quantity, unitMinor, picture }) => (
          <li key={id} className={styles.line}>
            {picture !== undefined && (
              <Picture className={styles.linePicture} picture={picture} cssPixels={40} alt="" />
            )}
            <span className={styles.lineTitle}>{title}</span>
            <span className={styles.amount}>
              {quantity} ×{unitMinor !== null && ` ${formatPrice(unitMinor, currency, locale)}`}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("cartTotal")}</span>
        <span>{formatPrice(cart.totalMinor, currency, locale)}</span>
      </p>
    </>
  );
}
