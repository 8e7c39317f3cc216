/** Where an import gets pictures and videos from. Adapters: folder-images.ts, web-images.ts. */
export interface ImageSource {
  /**
   * @param url as the feed names it
   * @throws AppError not_found, too_large, forbidden, unavailable with a reason for the report
   */
  read(url: string): Promise<Uint8Array>;
  /**
   * A video, which is read from a file.
   * @param path of a file that is not there yet
   * @throws AppError as `read`
   */
  save(url: string, path: string): Promise<void>;
}

/** The last part of an address's path, such as "cap_01.jpg"; null when it has none that is a plain file name. */
export function fileNameOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  const name = decode(last);
  return name !== null && /^[^/\\\p{Cc}]{1,200}$/u.test(name) && !/^\.+$/.test(name) ? name : null;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign: then there is no such file.
    return null;
  }
}
