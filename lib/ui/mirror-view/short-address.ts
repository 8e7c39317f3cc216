/** Host and path; the host as the network writes it, so that look-alike letters show. */
export function shortAddress(text: string): string {
  try {
    const { host, pathname, search } = new URL(text);
    return `${host}${pathname}${search}`;
  } catch {
    return "";
  }
}
