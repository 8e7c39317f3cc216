/**
 * Wraps raw RGBA pixels and a colour profile into an uncompressed TIFF, because that is how a profile can be handed
 * to libvips together with pixels that it did not decode itself. TIFF 6.0, little-endian, one strip.
 */

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
const ENTRY_BYTES = 12;

/**
 * @param {{ width: number, height: number, data: Uint8Array }} pixels RGBA, 8 bits
 * @param {Uint8Array} profile ICC
 * @returns {Buffer}
 */
export function rawTiff(pixels, profile) {
  const entries = 11;
  const directoryAt = 8;
  const bitsAt = directoryAt + 2 + entries * ENTRY_BYTES + 4;
  const profileAt = bitsAt + 8;
  const stripAt = profileAt + profile.length + (profile.length % 2);
  const stripBytes = pixels.width * pixels.height * 4;

  const file = Buffer.alloc(stripAt + stripBytes);
  file.write("II", 0, "latin1");
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(directoryAt, 4);
  file.writeUInt16LE(entries, directoryAt);

  let at = directoryAt + 2;
  const entry = (tag, type, count, value) => {
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
    at += ENTRY_BYTES;
  };
  entry(256, LONG, 1, pixels.width);
  entry(257, LONG, 1, pixels.height);
  entry(258, SHORT, 4, bitsAt); // bits a sample
  entry(259, SHORT, 1, 1); // no compression
  entry(262, SHORT, 1, 2); // RGB
  entry(273, LONG, 1, stripAt);
  entry(277, SHORT, 1, 4); // samples a pixel
  entry(278, LONG, 1, pixels.height); // rows a strip
  entry(279, LONG, 1, stripBytes);
  entry(338, SHORT, 1, 2); // the fourth sample is unassociated alpha
  entry(34675, UNDEFINED, profile.length, profileAt);
  for (let sample = 0; sample < 4; sample++) file.writeUInt16LE(8, bitsAt + sample * 2);
  file.set(profile, profileAt);
  file.set(pixels.data.subarray(0, stripBytes), stripAt);
  return file;
}
