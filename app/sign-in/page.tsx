import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ownPath } from "@/lib/auth/own-path";
import { findMember } from "@/lib/auth/require-member";
import { translator } from "@/lib/ui/messages/define";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { signinMessages } from "@/lib/ui/messages/signin";
import { SharedPicture } from "./shared-picture";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(signinMessages, await requestLocale())("title")} · Vetrina` };
}

export default async function SignInPage(props: {
  readonly searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await props.searchParams;
  const target = ownPath(typeof next === "string" ? next : undefined, "/desk");
  if (await findMember(await headers())) redirect(target);
  const locale = await requestLocale();
  const t = translator(signinMessages, locale);
  return (
    <div className={styles.page}>
      <main className={styles.side}>
        <div className={styles.column}>
          <p className={styles.brand}>Vetrina</p>
          <h1 className={styles.title}>{t("title")}</h1>
          <p className={styles.lead}>{t("lead")}</p>
          <MessagesProvider locale={locale} areas={{ signin: signinMessages[locale] }}>
            <SignInForm next={target} />
          </MessagesProvider>
          <p className={styles.forgotten}>{t("forgotten")}</p>
        </div>
      </main>
      <SharedPicture label={t("picture")} names={["Anna", t("customer")]} />
    </div>
  );
}
