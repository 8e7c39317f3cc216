/** Which network addresses lie in the open internet. Knows no names and opens nothing. */
import ipaddr from "ipaddr.js";

/** RFC 6052: the whole IPv4 internet, as a network without IPv4 of its own sees it. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");
/** RFC 4291: all of IPv6 that has been given out; ipaddr.js calls some of what lies outside of it unicast. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Bytes of an IPv6 address before the IPv4 address that it may end with. */
const IPV4_AT = 12;

/** Whether anybody may be asked to connect there: false for private, local, shared, reserved and unreadable ones. */
export function isPublicAddress(address: string): boolean {
  // A zone ("fe80::1%eth0") is only ever about a local address.
  if (!ipaddr.isValid(address) || address.includes("%")) return false;
  // An IPv4 address in the clothes of IPv6 is that IPv4 address.
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === "unicast";
  if (parsed.match(NAT64)) return isPublicAddress(parsed.toByteArray().slice(IPV4_AT).join("."));
  return parsed.match(GLOBAL_IPV6) && parsed.range() === "unicast";
}
