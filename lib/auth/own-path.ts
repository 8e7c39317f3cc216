/** Where to go after signing in: a path of ours, or the fallback for anything that could lead elsewhere. */
export function ownPath(asked: string | undefined, fallback: string): string {
  const base = "http://own.invalid";
  if (!asked?.startsWith("/") || !URL.canParse(asked, base)) return fallback;
  const url = new URL(asked, base);
  // Judged as the browser will read it: "\" is "/", tabs vanish, dots are resolved, and "//host" is another site.
  if (url.origin !== base || url.pathname.startsWith("//")) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
