/** First match wins: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux. */
const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** Enough of a User-Agent for its owner to recognise: "Firefox, Linux". */
export function describeBrowser(userAgent: string): string {
  const first = (known: readonly (readonly [string, string])[]) =>
    known.find(([sign]) => userAgent.includes(sign))?.[1];
  return [first(browsers), first(systems)].filter((part) => part !== undefined).join(", ");
}
