"use client";
import { Button } from "@/lib/ui/controls/button";
import { commonMessages } from "@/lib/ui/messages/common";
import { translator } from "@/lib/ui/messages/define";
import { documentLocale, ErrorScreen } from "./error-screen";

/** Last resort for a page that failed. */
export default function PageError({ retry }: { readonly error: Error; readonly retry: () => void }) {
  const t = translator(commonMessages, documentLocale());
  return (
    <ErrorScreen title={t("errorTitle")} text={t("errorText")}>
      <Button look="primary" onClick={retry}>
        {t("retry")}
      </Button>
    </ErrorScreen>
  );
}
