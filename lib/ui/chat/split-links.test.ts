import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeHref, splitLinks, type TextPart } from "./split-links";

const links = (text: string) => splitLinks(text).flatMap((part) => (part.kind === "link" ? [part.href] : []));
const joined = (parts: readonly TextPart[]) => parts.map((part) => part.text).join("");

/** Texts that look as much like addresses as chance allows. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        "javascript:alert(1)",
        "JaVaScRiPt:",
        "data:text/html,<script>",
        "vbscript:",
        "blob:https://a.example/1",
        "file:///etc/passwd",
        "https://",
        "http://a.example/",
        "www.b.example",
        "https://user:pass@c.example/",
        "https://\u202Ecod.exe",
        "\u0000javascript:",
        "java\nscript:alert(1)",
        '<a href="javascript:x">',
        "(https://d.example/a_(b))",
        " ",
      ),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));

describe("links in messages", () => {
  it("[CH1] no text whatsoever yields a link that is not http or https", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const href of links(text)) expect(["http:", "https:"]).toContain(new URL(href).protocol);
      }),
      { numRuns: 3_000 },
    );
  });

  it("[CH1] addresses of other kinds are refused one by one", () => {
    for (const address of [
      "javascript:alert(1)",
      "data:text/html,x",
      "blob:https://a.example/1",
      "//a.example",
      "/x",
      "",
    ]) {
      expect(safeHref(address)).toBeNull();
    }
    expect(links("see javascript:alert(1) or data:text/html,x")).toEqual([]);
  });

  it("[CH2] the parts of a text are the text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(joined(splitLinks(text))).toBe(text);
      }),
      { numRuns: 3_000 },
    );
  });

  it("[CH3] the sentence keeps its full stop and its bracket", () => {
    expect(links("Look: https://shop.example/a, or www.shop.example/b.")).toEqual([
      "https://shop.example/a",
      "https://www.shop.example/b",
    ]);
    expect(links("(as on https://shop.example/a_(b)).")).toEqual(["https://shop.example/a_(b)"]);
    expect(splitLinks("(https://shop.example/a)").at(-1)).toEqual({ kind: "text", text: ")" });
  });

  it("[CH4] an address that pretends to be another is not linked", () => {
    expect(links("https://bank.example@evil.example/")).toEqual([]);
    expect(links("https://u:p@evil.example/")).toEqual([]);
  });
});
