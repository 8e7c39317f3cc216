import { userAgent } from "next/server";

/** Empty: the browser does not say, or it is none of the three (a television, a watch). */
export type Device = "phone" | "tablet" | "desktop" | "";

/** Systems of machines on a desk. An iPad that asks for desktop pages says macOS, and is taken for one. */
const DESK_SYSTEMS = new Set([
  "Windows",
  "Mac OS",
  "macOS",
  "Linux",
  "Ubuntu",
  "Debian",
  "Fedora",
  "Chromium OS",
  "Chrome OS",
]);

/**
 * What a request's User-Agent says it came from: a claim, good for counting only. Read by Next's copy of ua-parser-js, which
 * names the type of phones and tablets and none for desktops.
 */
export function deviceOf(headers: Headers): Device {
  const { device, os } = userAgent({ headers });
  if (device.type === "mobile") return "phone";
  if (device.type === "tablet") return "tablet";
  return device.type === undefined && DESK_SYSTEMS.has(os.name ?? "") ? "desktop" : "";
}
