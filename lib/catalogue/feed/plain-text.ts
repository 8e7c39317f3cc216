/**
 * Words without markup: shops put HTML into descriptions. What comes out is shown as text, never as HTML, and holds nothing
 * that a database refuses (NUL, half characters).
 */
import { Parser } from "htmlparser2";

/** What no reader sees. */
const unseen: readonly string[] = ["script", "style", "template", "noscript"];

export function plainText(text: string): string {
  const words = /[<&]/.test(text) ? withoutMarkup(text) : text;
  return words.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
}

function withoutMarkup(html: string): string {
  let words = "";
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        words += " ";
        if (unseen.includes(name)) hidden += 1;
      },
      onclosetag(name) {
        words += " ";
        if (unseen.includes(name)) hidden -= 1;
      },
      ontext(text) {
        if (hidden === 0) words += text;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return words;
}
