import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address";

describe("an address", () => {
  it.each([
    "8.8.8.8",
    "1.1.1.1",
    "93.184.216.34",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
  ])("[HT1] of the open internet is public: %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["this machine", "127.0.0.1"],
    ["this machine, elsewhere in its network", "127.255.0.9"],
    ["any address", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private, 10", "10.0.0.1"],
    ["private, 172.16", "172.16.0.1"],
    ["private, 172.31", "172.31.255.255"],
    ["private, 192.168", "192.168.1.1"],
    ["a cloud's metadata", "169.254.169.254"],
    ["shared by a provider", "100.64.0.1"],
    ["a cloud's metadata in shared space", "100.100.100.200"],
    ["many at once", "224.0.0.1"],
    ["everybody", "255.255.255.255"],
    ["reserved", "240.0.0.1"],
    ["protocol assignments", "192.0.0.192"],
    ["documentation", "203.0.113.7"],
    ["benchmarking", "198.18.0.1"],
    ["6to4 relays", "192.88.99.1"],
    ["this machine, IPv6", "::1"],
    ["any address, IPv6", "::"],
    ["mapped IPv4", "::ffff:127.0.0.1"],
    ["mapped IPv4 in hexadecimal", "::ffff:7f00:1"],
    ["mapped metadata", "::ffff:a9fe:a9fe"],
    ["compatible IPv4", "::127.0.0.1"],
    ["translated IPv4", "::ffff:0:127.0.0.1"],
    ["NAT64 of this machine", "64:ff9b::127.0.0.1"],
    ["NAT64 of a private network", "64:ff9b::a00:1"],
    ["local NAT64", "64:ff9b:1::808:808"],
    ["6to4", "2002:7f00:1::"],
    ["6to4 of a public address", "2002:808:808::1"],
    ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%eth0"],
    ["public with a zone", "2606:4700:4700::1111%eth0"],
    ["site-local", "fec0::1"],
    ["unique local", "fd00::1"],
    ["a cloud's metadata, IPv6", "fd00:ec2::254"],
    ["many at once, IPv6", "ff02::1"],
    ["documentation, IPv6", "2001:db8::1"],
    ["discard", "100::1"],
    ["not given out", "4000::1"],
    ["no address", "localhost"],
    ["nothing", ""],
  ])("[HT1] that nobody may ask for: %s (%s)", (_name, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it("[HT1] of IPv4 is judged alike however it is dressed as IPv6", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const plain = isPublicAddress(address);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(plain);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(plain);
      }),
    );
  });
});
