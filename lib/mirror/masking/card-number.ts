/** Payment card numbers in running text. */

/** 13 to 19 digits in one, or in the groups that cards are printed in, with what people write between them. */
const GROUPED = new RegExp(
  ["\\d{13,19}", "\\d{4}(?:[ \\u00a0\\u202f.-]{1,3}\\d{4}){2,3}(?:[ \\u00a0\\u202f.-]{1,3}\\d{1,4})?"]
    .concat("\\d{4}[ \\u00a0\\u202f.-]{1,3}\\d{6}[ \\u00a0\\u202f.-]{1,3}\\d{4,5}")
    .map((form) => `(?<![.\\d])${form}(?!\\d)`)
    .join("|"),
  "g",
);
/** In styles and geometry numbers stand side by side all the time: there only one long number counts. */
const UNBROKEN = /(?<![.\d])\d{13,19}(?!\d)/g;

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const part = i % 2 === 1 ? digit * 2 : digit;
    sum += part > 9 ? part - 9 : part;
  }
  return sum % 10 === 0;
}

/** A shop is full of article numbers, and a tenth of all numbers pass Luhn: so only where card schemes issue. */
function isCardNumber(digits: string): boolean {
  const issued = digits.length < 15 ? /^(4|3[0689])/.test(digits) : /^[2-6]/.test(digits);
  return issued && passesLuhn(digits);
}

/** @returns ranges of the text, [start, end) one after the other */
export function findCardNumbers(text: string, style = false): [number, number][] {
  const found: [number, number][] = [];
  if (!/\d{4}/.test(text)) return found;
  for (const match of text.matchAll(style ? UNBROKEN : GROUPED)) {
    if (isCardNumber(match[0].replace(/\D/g, ""))) found.push([match.index, match.index + match[0].length]);
  }
  return found;
}
