import type { Metadata } from "next";
import { AppError } from "@/lib/protocol/errors";
import type { ShopId } from "@/lib/protocol/ids";
import { findShop } from "@/lib/shops/find-shop";
import { Button } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { eraseMessages } from "@/lib/ui/messages/erase";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { type ErasurePreview, listErasures, previewErasure } from "@/lib/visitors/erasures";
import { Part } from "../part";
import styles from "../settings.module.css";
import { requireAdminPage, SettingsFrame } from "../settings-frame";
import { EraseForm } from "./erase-form";

const PATH = "/settings/erase";
/** Longer than any number of a customer. Characters. */
const MAX_WHO = 200;

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(eraseMessages, await requestLocale())("title")} · Vetrina` };
}

/** Erasing a customer: who, what goes and what stays, then for good. Below, what was erased before. */
export default async function ErasePage(props: {
  readonly searchParams: Promise<{ readonly who?: string | string[] }>;
}) {
  const asked = [(await props.searchParams).who].flat()[0]?.trim().slice(0, MAX_WHO) ?? "";
  const member = await requireAdminPage(asked === "" ? PATH : `${PATH}?who=${encodeURIComponent(asked)}`);
  const locale = await requestLocale();
  const t = translator(eraseMessages, locale);
  const [found, notes, shop] = await Promise.all([
    asked === "" ? null : findPreview(member.shopId, asked),
    listErasures(member.shopId),
    findShop(member.shopId),
  ]);
  const moment = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: "medium", timeStyle: "short" },
    timeZone: shop?.timeZone ?? "UTC",
  });
  return (
    <MessagesProvider locale={locale} areas={{ erase: eraseMessages[locale] }}>
      <SettingsFrame part="erase" member={member} locale={locale}>
        <Part id="erase" title={t("title")} text={t("text")}>
          <form className={styles.form} method="get" action={PATH}>
            <label className={styles.field}>
              <span>{t("who")}</span>
              <input
                className={styles.input}
                name="who"
                defaultValue={asked}
                maxLength={MAX_WHO}
                autoComplete="off"
                spellCheck={false}
                required
                aria-describedby="who-help"
              />
              <span id="who-help" className={styles.help}>
                {t("whoHelp")}
              </span>
            </label>
            <div className={styles.actions}>
              <Button type="submit">{t("look")}</Button>
            </div>
          </form>
          {asked === "" ? null : <EraseForm key={asked} who={asked} found={found} />}
        </Part>
        <Part id="erased" title={t("log")} text={t("logText")}>
          {notes.length === 0 ? <p className={styles.form}>{t("none")}</p> : null}
          <ul className={styles.rows}>
            {notes.map(({ id, by, visitors, conversations, at }) => (
              <li key={id} className={styles.row}>
                <div className={styles.grow}>
                  <p className={styles.strong}>
                    {t("visitors", { count: visitors })}, {t("conversations", { count: conversations })}
                  </p>
                  <p className={styles.help}>{t("note", { name: by, time: moment.format(at) })}</p>
                </div>
              </li>
            ))}
          </ul>
        </Part>
      </SettingsFrame>
    </MessagesProvider>
  );
}

async function findPreview(shopId: ShopId, who: string): Promise<ErasurePreview | null> {
  try {
    return await previewErasure(shopId, who);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
