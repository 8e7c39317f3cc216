/** What of a private network this server may reach nevertheless, as OUTSIDE_ALLOW names it. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Where a connection would go. */
export interface Place {
  /** As the address names it, lower case, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Of a place and, once it is known, the network address behind its name. */
export type AllowedPlaces = (place: Place, address?: string) => boolean;

type Allowed = { readonly port: number | null } & (
  | { readonly host: string }
  | { readonly network: [ipaddr.IPv4 | ipaddr.IPv6, number] }
);

/**
 * @param text such as "shop.internal, 10.1.0.0/16, 127.0.0.1:8080, [fd00::/8]:443"; a host's name stands for all of its addresses
 * @throws RangeError that names the entry
 */
export function readAllowedPlaces(text: string): AllowedPlaces {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map(readEntry);
  return ({ host, port }, address = host) =>
    entries.some(
      (entry) =>
        (entry.port === null || entry.port === port) &&
        ("host" in entry ? entry.host === host : isWithin(address, entry.network)),
    );
}

/** Highest number of a port. */
const MAX_PORT = 65_535;

function readEntry(entry: string): Allowed {
  const refuse = () => new RangeError(`"${entry}" is no host, address or network`);
  const { name, digits } = splitPort(entry);
  const port = digits === null ? null : Number(digits);
  if (port !== null && !(port >= 1 && port <= MAX_PORT)) throw refuse();
  if (ipaddr.isValidCIDR(name)) return { network: ipaddr.parseCIDR(name), port };
  if (isIP(name) !== 0) {
    const address = ipaddr.process(name);
    return { network: [address, address.toByteArray().length * 8], port };
  }
  // Digits and dots alone are an address that is none.
  if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(name) || /^[\d.]+$/.test(name)) throw refuse();
  return { host: name, port };
}

/** IPv6 has colons of its own: with a port it stands in brackets. */
function splitPort(entry: string): { readonly name: string; readonly digits: string | null } {
  const [, bracketed, after = null] = /^\[([^\]]*)\](?::(.*))?$/.exec(entry) ?? [];
  if (bracketed !== undefined) return { name: bracketed.toLowerCase(), digits: after };
  const [name = "", digits = null, ...more] = entry.toLowerCase().split(":");
  return more.length > 0 ? { name: entry.toLowerCase(), digits: null } : { name, digits };
}

function isWithin(address: string, network: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.kind() === network[0].kind() && parsed.match(network);
}
