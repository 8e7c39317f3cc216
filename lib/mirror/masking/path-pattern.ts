/** Patterns of a site's paths: `*` stands for anything, slashes too; `/account/*` means `/account` as well. */

/** One spelling a path: what a server takes for the same page must not escape a rule. */
function normalisePath(path: string): string {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // Malformed: matched as it is written.
  }
  return decoded.toLowerCase().replace(/\/{2,}/g, "/");
}

/** Without a regular expression: a pattern of many stars must not cost more than its length times the path's. */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = normalisePath(pattern);
  const given = normalisePath(path);
  if (wanted.endsWith("/*") && globMatches(wanted.slice(0, -2), given)) return true;
  return globMatches(wanted, given) || (given.endsWith("/") && globMatches(wanted, given.slice(0, -1)));
}

function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (pattern[at] === "*") {
      star = at++;
      resume = place;
    } else if (at < pattern.length && pattern[at] === text[place]) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
