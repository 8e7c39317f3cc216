"use client";
/** Hands message areas, in one language, to the components below. The server chose the language. */
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { defaultLocale, type Locale } from "@/lib/protocol/locales";
import { formatMessage, type Message, type Messages, type Translate } from "./define";

/** Area name to its messages in the chosen language. */
export type MessageAreas = Readonly<Record<string, Messages>>;

const MessagesContext = createContext<{ readonly locale: Locale; readonly areas: MessageAreas }>({
  locale: defaultLocale,
  areas: {},
});

export function MessagesProvider(props: {
  readonly locale: Locale;
  /** For example `{ chat: chatMessages[locale] }`; nested providers add their areas to those above. */
  readonly areas: MessageAreas;
  readonly children: ReactNode;
}) {
  const above = useContext(MessagesContext);
  const value = useMemo(
    () => ({ locale: props.locale, areas: { ...above.areas, ...props.areas } }),
    [above.areas, props.areas, props.locale],
  );
  return <MessagesContext value={value}>{props.children}</MessagesContext>;
}

/**
 * The translator of an area: `const t = useMessages<ChatKey>("chat")`, where ChatKey is `keyof typeof chatMessages.en`
 * imported as a type only, so that no catalogue reaches the bundle.
 */
export function useMessages<Keys extends string>(area: string): Translate<Keys> {
  const { locale, areas } = useContext(MessagesContext);
  const messages = areas[area] as Readonly<Record<string, Message>> | undefined;
  return useMemo(
    () => (key, params) => {
      const message = messages?.[key];
      return message === undefined ? key : formatMessage(message, locale, params);
    },
    [messages, locale],
  );
}

export function useLocale(): Locale {
  return useContext(MessagesContext).locale;
}
