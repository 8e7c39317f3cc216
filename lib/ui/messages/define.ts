/**
 * Message catalogues: one object per area with the same keys in every language.
 * Our own forty lines instead of a library: the server hands one area in one language to the browser as data,
 * so the bundle carries no catalogue and no parser (docs/decisions/0006-messages.md).
 */
import type { Locale } from "@/lib/protocol/locales";

/** A plain text with {name} placeholders, or one text for each plural category that the language uses. */
export type Message = string | { readonly one: string; readonly other: string };
export type Messages = Readonly<Record<string, Message>>;
export type Catalogue<Keys extends string> = Readonly<Record<Locale, Readonly<Record<Keys, Message>>>>;

/** Declares an area; English names the keys, the compiler demands every other language to have the same. */
export function defineMessages<const English extends Messages>(catalogue: {
  readonly en: English;
  readonly de: Readonly<Record<keyof English & string, Message>>;
  readonly it: Readonly<Record<keyof English & string, Message>>;
  readonly es: Readonly<Record<keyof English & string, Message>>;
  readonly fr: Readonly<Record<keyof English & string, Message>>;
}): Catalogue<keyof English & string> {
  return catalogue;
}

export type MessageParams = Readonly<Record<string, string | number>>;

/** Fills in a message; `count` chooses the plural form and is itself a placeholder. A missing parameter stays visible. */
export function formatMessage(message: Message, locale: Locale, params: MessageParams = {}): string {
  const text = typeof message === "string" ? message : choosePlural(message, locale, params.count);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    return typeof value === "number" ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function choosePlural(
  forms: { readonly one: string; readonly other: string },
  locale: Locale,
  count: string | number | undefined,
): string {
  return new Intl.PluralRules(locale).select(Number(count)) === "one" ? forms.one : forms.other;
}

/** A translator for one area in one language. */
export type Translate<Keys extends string> = (key: Keys, params?: MessageParams) => string;

/** For server components and other places without React context. */
export function translator<Keys extends string>(catalogue: Catalogue<Keys>, locale: Locale): Translate<Keys> {
  const messages = catalogue[locale];
  return (key, params) => formatMessage(messages[key], locale, params);
}
