"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { documentLocale, ErrorScreen } from "@/app/error-screen";
import { Button, buttonClass } from "@/lib/ui/controls/button";
import { translator } from "@/lib/ui/messages/define";
import { insightsErrorMessages } from "@/lib/ui/messages/insights-error";

/** A report that failed or took too long: the same page can be asked for less, its filters kept. */
export default function ReportError(props: {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}) {
  const t = translator(insightsErrorMessages, documentLocale());
  const path = usePathname();
  const shorter = new URLSearchParams(useSearchParams());
  for (const name of ["from", "to"]) shorter.delete(name);
  shorter.set("days", "7");
  return (
    <ErrorScreen title={t("title")} text={t(props.error.digest === "takes_too_long" ? "tooLong" : "text")}>
      <a className={buttonClass("primary")} href={`${path}?${shorter}`}>
        {t("lastWeek")}
      </a>
      <Button onClick={props.retry}>{t("retry")}</Button>
    </ErrorScreen>
  );
}
