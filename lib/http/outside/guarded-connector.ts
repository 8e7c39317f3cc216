/**
 * Opens connections to the open internet only. What counts is the address that is connected to, at the moment of
 * connecting: a name may mean another address a second later, and a number has many spellings.
 */
import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "@/lib/protocol/errors";
import type { AllowedPlaces, Place } from "./allowed-places";
import { isPublicAddress } from "./public-address";

/** Milliseconds from the first packet to a connection, TLS included. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Beside a scheme's own port (443, 80) those that shops' servers are found at; others are services that are no websites. */
const WEB_PORTS = new Set([80, 443, 8080, 8443]);

/** All addresses of a name. Passed in by tests. */
export type LookupAll = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export function guardedConnector(
  allowed: AllowedPlaces,
  lookupAll: LookupAll = dnsLookup,
): buildConnector.connector {
  return (options, done) => {
    const place = placeOf(options.hostname, options.protocol, options.port);
    const isFine = (address: string) =>
      (isPublicAddress(address) && WEB_PORTS.has(place.port)) || allowed(place, address);
    // A number is connected to without asking any name server.
    if (isIP(place.host) !== 0 && !isFine(place.host)) return done(refusal(place), null);
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      lookup: guardedLookup(place, isFine, lookupAll),
    });
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error !== null) return done(error, null);
      // Whatever opened the socket: this is where it ended up.
      if (isFine(socket.remoteAddress ?? "")) return done(null, socket);
      socket.destroy();
      done(refusal(place), null);
    });
  };
}

/** Of the addresses of a name those that may be reached; none is a refusal. */
function guardedLookup(
  place: Place,
  isFine: (address: string) => boolean,
  lookupAll: LookupAll,
): LookupFunction {
  return (_name, options, done) => {
    lookupAll(place.host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const fine = found.filter(({ address }) => isFine(address));
      const [first] = fine;
      if (first === undefined) return done(refusal(place), []);
      if (options.all) done(null, fine);
      else done(null, first.address, first.family);
    });
  };
}

export function placeOf(hostname: string, protocol: string, port: string): Place {
  return {
    host: hostname.replace(/^\[|\]$/g, "").toLowerCase(),
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
  };
}

function refusal({ host, port }: Place): AppError {
  return new AppError(
    "forbidden",
    WEB_PORTS.has(port)
      ? `${host} lies in a private network, which is not asked`
      : `port ${port} of ${host} is not asked`,
  );
}
