import { describe, expect, it } from "vitest";
import { readAllowedPlaces } from "./allowed-places";

const at = (host: string, port = 443) => ({ host, port });

describe("OUTSIDE_ALLOW", () => {
  const allowed = readAllowedPlaces(
    "shop.internal, 10.1.0.0/16, 127.0.0.1:8099,Feed.Example:8081, fd00::/8, [fd01::2]:443",
  );

  it.each([
    ["a name, whatever its address", at("shop.internal", 9000), "192.168.3.4"],
    ["a name with its port", at("feed.example", 8081), "10.9.9.9"],
    ["an address of a network", at("any.example"), "10.1.255.3"],
    ["an address of a network, mapped", at("any.example"), "::ffff:10.1.2.3"],
    ["an address as the host", at("127.0.0.1", 8099), undefined],
    ["an IPv6 network", at("any.example"), "fd12::1"],
  ])("[HT5] lets %s be asked", (_name, place, address) => {
    expect(allowed(place, address)).toBe(true);
  });

  it.each([
    ["another name", at("evil.example"), "192.168.3.4"],
    ["a name below it", at("a.shop.internal"), "192.168.3.4"],
    ["another port", at("127.0.0.1", 8098), undefined],
    ["another port of a name", at("feed.example", 80), "10.9.9.9"],
    ["a neighbouring network", at("any.example"), "10.2.0.1"],
  ])("[HT5] not %s", (_name, place, address) => {
    expect(allowed(place, address)).toBe(false);
  });

  it("[HT5] is empty by default, and then allows nothing", () => {
    expect(readAllowedPlaces("")(at("127.0.0.1"))).toBe(false);
    expect(readAllowedPlaces(" , ")(at("localhost"))).toBe(false);
  });

  it.each([
    "http://shop.internal",
    "10.0.0.0/33",
    "shop:0",
    "shop:70000",
    "300.1.1.1",
    "*.example",
    "[::1",
    "a b",
  ])("[HT5] names what it cannot read: %s", (entry) => {
    expect(() => readAllowedPlaces(`shop.internal, ${entry}`)).toThrow(`"${entry}"`);
  });
});
