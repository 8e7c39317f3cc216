/** The loader's few words, in the five languages; everything else is said inside the frame. */
const table: Record<string, readonly [open: string, close: string, frame: string, unread: string]> = {
  en: ["Chat with us", "Close chat", "Chat and shared pictures", "unread"],
  de: ["Mit uns chatten", "Chat schließen", "Chat und gemeinsame Bilder", "ungelesen"],
  it: ["Scrivici in chat", "Chiudi la chat", "Chat e immagini condivise", "da leggere"],
  es: ["Chatea con nosotros", "Cerrar el chat", "Chat e imágenes compartidas", "sin leer"],
  fr: ["Discuter avec nous", "Fermer la discussion", "Discussion et images partagées", "non lus"],
};

export interface Labels {
  readonly open: string;
  readonly close: string;
  readonly frame: string;
  readonly unread: string;
}

/** The page's language, or the browser's when the page names none. */
export function pageLocale(document: Document, browserLanguage: string): string {
  return document.documentElement.lang.trim() || browserLanguage || "en";
}

export function labelsFor(locale: string): Labels {
  const row = table[locale.slice(0, 2).toLowerCase()] ?? table.en;
  return { open: row?.[0] ?? "", close: row?.[1] ?? "", frame: row?.[2] ?? "", unread: row?.[3] ?? "" };
}
