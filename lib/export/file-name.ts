/** Characters of a file's name before its ending: every disk takes them. */
const MAX_CHARS = 60;
/** Names that mean a device on Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Letters, digits and hyphens of what somebody wrote, so that it is safe in a header and on any disk. */
export function fileName(text: string, ending: "png" | "pdf"): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, MAX_CHARS)
    .replace(/-+$/, "");
  return `${plain === "" || DEVICE.test(plain) ? "picture" : plain}.${ending}`;
}
