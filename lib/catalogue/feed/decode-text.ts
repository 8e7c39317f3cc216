/**
 * Bytes to text, whatever the feed's encoding: by its byte order mark, by how UTF-16 looks, by what an XML file says of
 * itself, else UTF-8, and from the first byte on that is none the old Western code page (which has ISO 8859-1 in it).
 */
import { isAscii, isUtf8 } from "node:buffer";

export interface DecodedText {
  /** The WHATWG's name of it, as far as it is known: a file is UTF-8 until a byte says otherwise. */
  encoding(): string;
  read(): AsyncGenerator<string>;
}

export function decodeText(source: AsyncIterable<Uint8Array>): DecodedText {
  let encoding = "utf-8";
  return {
    encoding: () => encoding,
    async *read() {
      let decoder: TextDecoder | null = null;
      let rest: Uint8Array = new Uint8Array(0);
      for await (const chunk of source) {
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        if (decoder === null) {
          // Four bytes tell every mark, and every feed has more.
          if (bytes.length < 4) {
            rest = bytes;
            continue;
          }
          encoding = firstGuess(bytes);
          decoder = new TextDecoder(encoding);
        }
        if (encoding !== "utf-8") {
          rest = new Uint8Array(0);
          yield decoder.decode(bytes, { stream: true });
          continue;
        }
        const whole = wholeCharacters(bytes);
        rest = bytes.subarray(whole);
        const piece = bytes.subarray(0, whole);
        if (looksWestern(piece)) {
          encoding = "windows-1252";
          decoder = new TextDecoder(encoding);
        }
        yield decoder.decode(piece, { stream: true });
      }
      decoder ??= new TextDecoder(encoding);
      yield decoder.decode(rest);
    },
  };
}

function firstGuess(bytes: Uint8Array): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  // The first two characters of every feed are of ASCII.
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return "utf-16be";
  return declared(bytes) ?? "utf-8";
}

/** Characters in which an XML file says what it is written in. */
const DECLARATION_CHARS = 200;

function declared(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_CHARS)).toString("latin1");
  const [, label] = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head) ?? [];
  if (label === undefined) return null;
  try {
    const { encoding } = new TextDecoder(label);
    // Files are written anew in UTF-8, and their first line is forgotten.
    return isUtf8(bytes.subarray(0, wholeCharacters(bytes))) && !isAscii(bytes) ? "utf-8" : encoding;
  } catch {
    // A name that nobody knows: the bytes themselves say more.
    return null;
  }
}

/** How many bytes there are before a last UTF-8 character that is cut off. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** No UTF-8, and not merely a broken character among many good ones. */
function looksWestern(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return false;
  const text = new TextDecoder().decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  return broken > good;
}
