"use client";
import { useRef } from "react";
import type { FeedReading } from "@/lib/protocol/imports";
import type { NamedStorefront } from "@/lib/protocol/storefronts";
import { useMessages } from "@/lib/ui/messages/provider";
import type { StorefrontKey } from "@/lib/ui/messages/storefronts";
import shared from "../../settings.module.css";

/** Whose words and prices a feed holds; its language and currency come along. */
export function StorefrontChoice(props: {
  readonly reading: FeedReading;
  readonly storefronts: readonly NamedStorefront[];
  readonly busy: boolean;
  readonly onChange: (reading: FeedReading) => void;
}) {
  const t = useMessages<StorefrontKey>("storefronts");
  const { storefrontId, ...reading } = props.reading;
  /** What stood there for the shop's own: chosen again, it comes back. */
  const own = useRef({ locale: reading.locale, currency: reading.currency });
  const choose = (chosen: string) => {
    const found = props.storefronts.find((one) => one.storefrontId === chosen);
    if (storefrontId === undefined) own.current = { locale: reading.locale, currency: reading.currency };
    if (found === undefined) return props.onChange({ ...reading, ...own.current });
    const { locale, currency } = found;
    props.onChange({ ...reading, storefrontId: chosen, locale, currency });
  };
  return (
    <label className={shared.field}>
      <span>{t("of")}</span>
      <select
        className={shared.input}
        value={storefrontId ?? ""}
        disabled={props.busy}
        onChange={({ target }) => choose(target.value)}
        data-testid="feed-storefront"
      >
        <option value="">{t("own")}</option>
        {props.storefronts.map((one) => (
          <option key={one.storefrontId} value={one.storefrontId}>
            {one.name}
          </option>
        ))}
      </select>
      <span className={shared.help}>{t("ofHelp")}</span>
    </label>
  );
}
