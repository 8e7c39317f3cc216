/** What looks like somebody's own data in a page's text. Guesses for a person to look at, not the mirror's protection. */
import { findCardNumbers } from "../masking/card-number";

type PersonalKind =
  | "an e-mail address"
  | "a telephone number"
  | "a bank account (IBAN)"
  | "a card number"
  | "a postal address"
  | "a greeting with a name";

export interface PersonalText {
  readonly kind: PersonalKind;
  /** The two characters that a report may show. */
  readonly sample: string;
}

/** Characters read of one text: a longer one is prose, and its end is as good as its beginning. */
const MAX_CHARS = 4_000;

const EMAIL = /[\p{L}\d._%+-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,4}\p{L}{2,24}/u;
const PHONE =
  /(?<![\w.,/-])(?:(?:\+|00)[1-9]\d{0,2}[\s./()-]{0,3}|\(?0\d{1,5}\)?[\s./-]{1,3})\d[\d\s./()-]{4,16}\d(?![\w,-])/;
const IBAN = /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b/;
const STREET = new RegExp(
  [
    "\\p{Lu}[\\p{L}.-]{1,40}\\s?(?:stra(?:ß|ss)e|str\\.|weg|gasse|platz|allee|ring|damm|ufer)\\s+\\d{1,4}\\s?[a-z]?\\b",
    "\\b\\d{1,5}\\s+(?:\\p{Lu}[\\p{L}'.-]{1,30}\\s){1,3}(?:Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Drive|Close|Square)\\b",
    "\\b(?:Via|Viale|Piazza|Corso|Vicolo|Calle|Avenida|Avda\\.|Plaza|Paseo)\\s(?:[\\p{L}'.]{1,20}\\s){0,3}\\p{Lu}[\\p{L}']{1,30},?\\s\\d{1,4}\\b",
    "\\b\\d{1,4}(?:\\s?(?:bis|ter))?,?\\s(?:rue|avenue|boulevard|place|chemin|impasse|allée)\\s[\\p{L}' -]{2,40}",
  ].join("|"),
  "u",
);
const GREETING =
  /(?<!\p{L})(?:hello|hi|dear|welcome(?: back)?|good (?:morning|evening|afternoon)|hallo|willkommen(?: zurück)?|guten (?:tag|morgen|abend)|servus|ciao|buongiorno|buonasera|bentornat[oa]|benvenut[oa]|gentile|hola|buenos días|bienvenid[oa](?: de nuevo)?|estimad[oa]|bonjour|bonsoir|bienvenue|cher|chère)[\s,!]{1,3}(?:(?:frau|herr|mr|mrs|ms|dr|signora?|señora?|madame|monsieur|mme|m)\.?\s)?(\p{L}[\p{L}'-]{1,30})/iu;
/** Words after a greeting that are nobody. */
const NOBODY =
  /^(to|at|in|and|the|our|you|all|there|back|again|everyone|customer|world|welt|bei|zu|im|auf|und|zurück|liebe|alle|a|al|nel|su|tutti|di|en|el|la|los|las|todos|sur|à|au|dans|chez|tous|le|les|shop)$/iu;

const sampleOf = (text: string) => `${text.slice(0, 2)}…`;

export function findPersonal(text: string): PersonalText | null {
  const read = text.slice(0, MAX_CHARS);
  const card = findCardNumbers(read)[0];
  if (card) return { kind: "a card number", sample: sampleOf(read.slice(...card)) };
  const email = EMAIL.exec(read);
  if (email) return { kind: "an e-mail address", sample: sampleOf(email[0]) };
  const iban = IBAN.exec(read);
  if (iban && isIban(iban[0])) return { kind: "a bank account (IBAN)", sample: sampleOf(iban[0]) };
  const phone = PHONE.exec(read);
  if (phone && isPhone(phone[0])) return { kind: "a telephone number", sample: sampleOf(phone[0]) };
  const street = STREET.exec(read);
  if (street) return { kind: "a postal address", sample: sampleOf(street[0]) };
  const name = GREETING.exec(read)?.[1];
  if (name && /^\p{Lu}/u.test(name) && !NOBODY.test(name))
    return { kind: "a greeting with a name", sample: sampleOf(name) };
  return null;
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  // Dates and ranges are written with the same characters.
  return digits.length >= 8 && digits.length <= 15 && !/^\d{2}[./-]\d{2}[./-]\d{4}$/.test(text.trim());
}

/** ISO 13616: the remainder by 97 is 1. */
function isIban(text: string): boolean {
  const plain = text.replace(/\s/g, "");
  let remainder = 0;
  for (const char of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
