/** Files that try to cost more than they weigh, or to be two things at once. Made by hand: no encoder writes them. */
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { pngChunk } from "./pictures";

/** Bytes that `what` unpacks to, as zlib packs them: a thousandth. */
const packed = (bytes: number) => deflateSync(Buffer.alloc(bytes, 0x20), { level: 9 });

export const plain = (width: number, height: number, colour: string) =>
  sharp({ create: { width, height, channels: 3, background: colour } });

/** Puts chunks behind the header of a PNG. */
function withChunks(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  // Signature and IHDR.
  const head = 8 + 25;
  return Buffer.concat([png.subarray(0, head), ...chunks, png.subarray(head)]);
}

/** A small picture with one note about itself that unpacks to so many bytes. */
export async function bombedPng(what: "zTXt" | "iTXt" | "iCCP", bytes: number): Promise<Buffer> {
  const content = packed(bytes);
  const head = {
    zTXt: Buffer.from("Comment\0\0", "latin1"),
    // Where XMP lies in a PNG.
    iTXt: Buffer.from("XML:com.adobe.xmp\0\u0001\0\0\0", "latin1"),
    iCCP: Buffer.from("profile\0\0", "latin1"),
  }[what];
  const png = await plain(60, 40, "teal").png().toBuffer();
  return withChunks(png, pngChunk(what, Buffer.concat([head, content])));
}

/** A lossless WebP that claims 16,383 x 16,383 pixels. */
export async function webpBomb(): Promise<Buffer> {
  const webp = await plain(30, 20, "teal").webp({ lossless: true }).toBuffer();
  const at = webp.indexOf("VP8L") + 9;
  // 14 bits of width less one, 14 of height less one.
  webp.writeUInt32LE((webp.readUInt32LE(at) & 0xf0000000) | 0x0fffbffe, at);
  return webp;
}

/** A GIF whose one frame claims 65,535 x 65,535 pixels, and holds one. */
export function gifBomb(): Buffer {
  const gif = gifOf(1, { width: 65_535, height: 65_535 });
  // Behind head, colours, timing and place.
  gif.fill(0xff, 19 + 8 + 5, 19 + 8 + 9);
  return gif;
}

const u16 = (value: number) => [value & 0xff, value >> 8];

/** An animation of so many frames of one pixel each, on a canvas that may be larger. */
export function gifOf(frames: number, canvas = { width: 200, height: 100 }): Buffer {
  const head = [
    ...Buffer.from("GIF89a", "latin1"),
    ...u16(canvas.width),
    ...u16(canvas.height),
    // Two colours: red, blue.
    ...[0x80, 0, 0, 255, 0, 0, 0, 0, 255],
  ];
  const frame = [0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return Buffer.concat([
    Buffer.from(head),
    ...Array.from({ length: frames }, () => Buffer.from(frame)),
    Buffer.from([0x3b]),
  ]);
}

/** Two frames, red and then blue, as each format that can move writes them. */
export async function moving(format: "gif" | "webp"): Promise<Buffer> {
  const frames = [await plain(64, 48, "red").png().toBuffer(), await plain(64, 48, "blue").png().toBuffer()];
  const joined = sharp(frames, { join: { animated: true } });
  return format === "gif"
    ? joined.gif().toBuffer()
    : joined.webp({ lossless: true, delay: [100, 100] }).toBuffer();
}

/** A ZIP of one stored file, as short as they come. */
export function zipOf(name: string, content: string): Buffer {
  const [file, bytes] = [Buffer.from(name, "latin1"), Buffer.from(content, "latin1")];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt32LE(bytes.length, 18);
  local.writeUInt32LE(bytes.length, 22);
  local.writeUInt16LE(file.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt32LE(bytes.length, 20);
  entry.writeUInt32LE(bytes.length, 24);
  entry.writeUInt16LE(file.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + file.length, 12);
  end.writeUInt32LE(local.length + file.length + bytes.length, 16);
  return Buffer.concat([local, file, bytes, entry, file, end]);
}

/** A GIF that is a script, too: its size is a comment's beginning, and its comment the rest. */
export async function gifScript(script: string): Promise<Buffer> {
  const gif = gifOf(1, { width: 0x2a2f, height: 40 });
  const note = Buffer.from(`*/=1;${script}//`, "latin1");
  // Behind the two colours.
  const at = 19;
  return Buffer.concat([
    gif.subarray(0, at),
    Buffer.from([0x21, 0xfe, note.length]),
    note,
    Buffer.from([0]),
    gif.subarray(at),
  ]);
}

/** A JPEG with a comment right at its beginning. */
export function withJpegComment(jpeg: Buffer, comment: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe]), length, comment, jpeg.subarray(2)]);
}
