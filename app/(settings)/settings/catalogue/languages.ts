/** Languages of texts that are offered: those of Europe's shops. */
const languages = [
  "en",
  "de",
  "it",
  "es",
  "fr",
  "nl",
  "pt",
  "pl",
  "cs",
  "sv",
  "da",
  "nb",
  "fi",
  "hu",
  "ro",
  "el",
  "tr",
];

/** With the one that is chosen, whatever it is. */
export const withLanguage = (chosen: string): readonly string[] =>
  languages.includes(chosen) ? languages : [chosen, ...languages];
