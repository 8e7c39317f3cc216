/**
 * Pictures and typefaces inside the picture: a drawing that is read back may load nothing, so each has to stand in it with its
 * bytes. Until they are there a word stands for them. What nobody could read is grey, in the size that it has.
 */
import { LOOK_MS, MAX_INNER_BYTES, PATIENCE_MS } from "./limits";

/** Who has the bytes of what a replica shows. */
export interface ByteSource {
  /** Null while they are not there; then they are asked for. */
  blobOf(address: string): Blob | null;
  letGo(): void;
}

export interface InnerBytes {
  /** What stands for an address; empty for one that may not be named. */
  standIn(address: string): string;
  /** A value of CSS with its addresses so. */
  inCss(value: string): string;
  /** Waits for what was named, and puts the bytes into the finished text. */
  fill(text: string, signal: AbortSignal): Promise<string>;
}

/** Of any size: it has no shape of its own. */
const GREY =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1' preserveAspectRatio='none'%3E%3Crect width='1' height='1' fill='%23c9c6c0'/%3E%3C/svg%3E";

const DRAWING = /^data:image\/svg\+xml[;,]/i;

/** As browsers write addresses in what they computed. */
const URL_IN_CSS = /url\("((?:[^"\\]|\\.)*)"\)/g;

export function openInnerBytes(source: ByteSource): InnerBytes {
  // Words of a page cannot be mistaken for it.
  const mark = `vetrina${crypto.getRandomValues(new Uint32Array(2)).join("x")}`;
  const addresses: string[] = [];
  const standIn = (address: string): string => {
    if (/^data:/i.test(address)) return address;
    if (!/^(https?|blob):/i.test(address)) return "";
    const known = addresses.indexOf(address);
    if (known < 0) source.blobOf(address);
    return `${mark}-${known < 0 ? addresses.push(address) - 1 : known}.`;
  };

  const allHere = () => addresses.every((address) => source.blobOf(address) !== null);
  return {
    standIn,
    inCss: (value) =>
      value.replace(URL_IN_CSS, (whole, escaped: string) => {
        const address = escaped.replace(/\\(.)/g, "$1");
        return address.startsWith("#") ? whole : `url("${standIn(address)}")`;
      }),
    async fill(text, signal) {
      const started = performance.now();
      while (!allHere() && !signal.aborted && performance.now() - started < PATIENCE_MS)
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      let left = MAX_INNER_BYTES;
      const written: string[] = [];
      for (const address of addresses) {
        const blob = source.blobOf(address);
        const fits = blob !== null && blob.size <= left;
        if (fits) left -= blob.size;
        written.push(fits ? await dataUrlOf(blob) : GREY);
      }
      await Promise.all([...new Set(written)].filter((address) => DRAWING.test(address)).map(know));
      return text.replace(new RegExp(`${mark}-(\\d+)\\.`, "g"), (_, index) => written[Number(index)] ?? GREY);
    },
  };
}

/** By a reader, not by `fetch`: the view's policy lets scripts fetch from nowhere but the desk. */
function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onloadend = () => resolve(typeof reader.result === "string" ? reader.result : GREY);
    reader.readAsDataURL(blob);
  });
}

/** In Firefox a drawing inside another is empty at first, unless it was shown by itself before, as what the page holds was. */
async function know(address: string): Promise<void> {
  const image = new Image();
  image.src = address;
  // What is none is none inside the picture, either.
  await image.decode().catch(() => {});
}
