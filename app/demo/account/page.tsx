import type { Metadata } from "next";
import { AccountForm } from "@/lib/ui/demo/account-form";
import styles from "@/lib/ui/demo/demo.module.css";
import { formatMoney } from "@/lib/ui/demo/money";
import { loadShop } from "../load-shop";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await loadShop()).t("account") };
}

/** Nobody's: the same for everybody who tries the demo, and full of what a mirror must not show. */
const person = { name: "Giulia Esempio", member: "LM-4471-0932", points: 1_240 };
const orders = [
  { id: "LUME-8FQ2", minor: 34_800, state: "onTheWay" },
  { id: "LUME-7KD0", minor: 12_900, state: "delivered" },
] as const;

export default async function DemoAccount() {
  const { t, locale } = await loadShop();
  return (
    <div className={styles.narrow}>
      <h1 className={styles.heading}>{t("account")}</h1>
      <p className={styles.hint}>{t("accountIntro")}</p>
      <dl className={styles.facts}>
        <dt>{t("signedInAs")}</dt>
        <dd data-vetrina-mirror="mask">{person.name}</dd>
        <dt>{t("memberNumber")}</dt>
        <dd data-vetrina-mirror="mask">{person.member}</dd>
        <dt>{t("points")}</dt>
        <dd>{person.points}</dd>
      </dl>
      <h2 className={styles.heading}>{t("lastOrders")}</h2>
      <table className={styles.orders}>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id}>
              <td data-vetrina-mirror="mask">{order.id}</td>
              <td>{t(order.state)}</td>
              <td data-vetrina-mirror="hide">{formatMoney(order.minor, "EUR", locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <AccountForm />
    </div>
  );
}
