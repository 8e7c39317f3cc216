import { describe, expect, it } from "vitest";
import { readParentMessage } from "./bridge-client";

const parent = { name: "the shop's window" };
const stranger = { name: "another window" };
const allowed = ["https://shop.example", "https://www.shop.example"];
const data = { app: "vetrina", type: "visible", visible: true };

describe("messages from the shop's page", () => {
  it("[FR7] the parent window on a listed origin is heard", () => {
    expect(
      readParentMessage({ origin: "https://shop.example", source: parent as never, data }, parent, allowed),
    ).toEqual(data);
  });

  it("[FR7] another origin, another window and another shape are not", () => {
    const read = (origin: string, source: object, body: unknown) =>
      readParentMessage({ origin, source: source as never, data: body }, parent, allowed);
    expect(read("https://evil.example", parent, data)).toBeNull();
    expect(read("https://shop.example.evil.example", parent, data)).toBeNull();
    expect(read("null", parent, data)).toBeNull();
    expect(read("https://shop.example", stranger, data)).toBeNull();
    expect(read("https://shop.example", parent, { ...data, app: "other" })).toBeNull();
    expect(read("https://shop.example", parent, { ...data, visible: "yes" })).toBeNull();
    expect(read("https://shop.example", parent, "hello")).toBeNull();
  });
});
