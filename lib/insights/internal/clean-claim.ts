/** Control characters but for tab and line feed, which titles may hold. PostgreSQL refuses NUL in text and JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** A claimed text as it may be stored: well-formed, without control characters. */
export function cleanText(claimed: string): string {
  // A round trip through UTF-8 turns lone surrogates, which jsonb refuses, into U+FFFD.
  return Buffer.from(claimed, "utf8").toString("utf8").replace(CONTROL, "");
}

/** A claimed address as it may be stored and linked: http(s), without credentials and fragment; else empty. */
export function cleanAddress(claimed: string): string {
  if (!URL.canParse(claimed)) return "";
  const url = new URL(claimed);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "";
  url.username = "";
  url.password = "";
  url.hash = "";
  return cleanText(url.href);
}
