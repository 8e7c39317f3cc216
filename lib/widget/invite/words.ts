/** The invitation's few words, in the five languages. It promises nobody's presence: the chat itself says who is there. */
export const words: Readonly<Record<string, readonly [line: string, no: string]>> = {
  en: ["A question about this? Ask us.", "No, thanks"],
  de: ["Eine Frage dazu? Fragen Sie uns.", "Nein, danke"],
  it: ["Una domanda? Scrivici.", "No, grazie"],
  es: ["¿Alguna duda? Pregúntanos.", "No, gracias"],
  fr: ["Une question ? Écrivez-nous.", "Non, merci"],
};
