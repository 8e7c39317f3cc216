import { expect, it } from "vitest";
import { matchesPath } from "@/lib/mirror/masking/path-pattern";
import { policyFor } from "@/lib/mirror/masking/policy";
import { readSiteRules } from "@/lib/mirror/masking/site-rules";
import { looksLikeSelector } from "./looks-like-selector";
import { readGenesysXml } from "./read-genesys-xml";
import { pathPatternOf } from "./uri-pattern";

const file = (sets: string) =>
  `<?xml version="1.0" encoding="UTF-8" ?>\n<domRestrictions>${sets}</domRestrictions>`;
const set = (pattern: string, inside: string) =>
  `<restrictionsSet><uriTemplate type="regexp" pattern="${pattern}"/>${inside}</restrictionsSet>`;
const masked = (selector: string) => `<dataMasking><element selector="${selector}"/></dataMasking>`;

it("[MI126] masks what was masked and takes from the agent's hand what was taken, on the pages it was meant for", () => {
  const { rules, left } = readGenesysXml(
    file(
      set(
        "^https://shop\\.example/account/.*$",
        `<dataMasking><element selector="#email"/><element selector=".name &gt; b"/></dataMasking>
         <domControl><element selector="button[type='submit']"/></domControl>`,
      ) + set(".*", masked("input")),
    ),
  );
  expect(rules).toEqual({
    mask: [
      { selector: "#email", path: "/account/*" },
      { selector: ".name > b", path: "/account/*" },
      { selector: "input", path: "*" },
    ],
    noControl: [{ selector: "button[type='submit']", path: "/account/*" }],
  });
  expect(left).toEqual([]);
  const read = readSiteRules(rules, looksLikeSelector);
  expect(read.problems).toEqual([]);
  expect(policyFor(read, "/account/orders", looksLikeSelector).mask).toBe("#email,.name > b,input");
  expect(policyFor(read, "/", looksLikeSelector).mask).toBe("input");
});

it("[MI126] reads selectors and addresses as text too, and hides in both ways what stands in a section it does not know", () => {
  const { rules } = readGenesysXml(
    file(
      `<restrictionsSet><secrets><element><selector>.x</selector></element></secrets>
       <uriTemplate>.*/a</uriTemplate></restrictionsSet>`,
    ),
  );
  const rule = { selector: ".x", path: "*/a*" };
  expect(rules).toEqual({ mask: [rule], noControl: [rule] });
});

it("[MI126] a pattern that says more than ours becomes one that matches more, and is told", () => {
  const { rules, left } = readGenesysXml(
    file(set("https?://(www\\.)?shop\\.example/(cart|checkout)\\?step=[0-9]+", masked("#total"))),
  );
  expect(rules.mask).toEqual([{ selector: "#total", path: "*/*" }]);
  expect(left).toHaveLength(1);
});

it("[MI126] whatever addresses an expression matches, the pattern matches their paths", () => {
  const addresses = [
    "https://shop.example/",
    "https://shop.example/cart",
    "https://shop.example/account/orders/17?x=1#top",
    "http://www.shop.example/a.b/c-d_e",
    "https://shop.example/checkout/step-2/",
    "https://shop.example/de/konto",
  ];
  const expressions = [
    ".*",
    "",
    "^https://shop\\.example/$",
    "^https://shop\\.example/cart$",
    ".*\\.example/account/.*",
    "shop",
    "https?://[^/]+/account/.*",
    "/(cart|account)/?.*",
    "cart|konto",
    "^.*/checkout/step-\\d+/?$",
    "\\/a\\.b\\/",
    "https://shop.example/[a-z]{2}/konto",
    "account.*#top$",
    "orders/17\\?x=1",
    "http.*account",
    "^https://.*/konto$",
    "(?:de|it)/konto",
  ];
  let matched = 0;
  for (const expression of expressions) {
    const { path } = pathPatternOf(expression);
    expect(path, expression).toMatch(/^[/*]/);
    for (const address of addresses) {
      if (!new RegExp(expression).test(address)) continue;
      matched++;
      expect(matchesPath(path, new URL(address).pathname), `${expression} → ${path}: ${address}`).toBe(true);
    }
  }
  expect(matched).toBeGreaterThan(25);
});

it("[MI126] selectors that nobody can parse are named, with their line", () => {
  const { rules, left } = readGenesysXml(file(`\n${set(".*", `\n${masked("..x")}${masked(".y")}`)}`));
  expect(rules.mask).toEqual([{ selector: ".y", path: "*" }]);
  expect(left).toEqual(["4: ..x"]);
});

it("[MI126] XML that tries anything is refused", () => {
  const hostile = [
    '<!DOCTYPE x [<!ENTITY a "b">]><domRestrictions/>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><domRestrictions/>',
    file("&lol;"),
    file("<restrictionsSet>"),
    file("<a>".repeat(40) + "</a>".repeat(40)),
    "<html/>",
    "no xml",
    "",
    file(`<!--${"x".repeat(600_000)}-->`),
    file(
      set(
        ".*",
        `<dataMasking>${Array.from({ length: 201 }, (_, at) => `<element selector=".a${at}"/>`).join("")}</dataMasking>`,
      ),
    ),
  ];
  for (const xml of hostile) {
    expect(() => readGenesysXml(xml), xml.slice(0, 60)).toThrow(
      expect.objectContaining({ code: "bad_request" }),
    );
  }
});
