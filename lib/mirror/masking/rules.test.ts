/** The policy's parts that need no page. Whether a selector parses is the browser's to say: here a stand-in value. */
import { describe, expect, it } from "vitest";
import { imageAddress, linkAddress, pageAddress, readSrcset } from "./addresses";
import { filterCss } from "./css-text";
import { policyFor } from "./policy";
import { isSecretName } from "./secret-words";
import { readSiteRules } from "./site-rules";
import { openStyledData } from "./styled-data";
import { openTaint } from "./taint";

const parses = (selector: string) => !selector.includes("..");
const read = (rules: unknown) => readSiteRules(rules, parses);
const policy = (rules: unknown, path = "/") => policyFor(read(rules), path, parses);

describe("rules", () => {
  it.each([
    "*",
    "p",
    "div p",
    "body",
    "html.js",
    ":root",
    "p:not(.x)",
    "a, .b",
    ".a *",
    "[class]",
    ".a::before",
    "..",
    '[a="',
    ".a /*",
  ])("[MI3] show %s is refused and ignored", (selector) => {
    const { problems } = read({ show: [selector] });
    expect(problems).toMatchObject([{ where: "show[0]", effect: "rule ignored" }]);
    expect(policy({ show: [selector] })).toMatchObject({ show: "", masksAll: false });
  });

  it.each([".open", "#note", "main .reviews p", '[data-kind="note"]', ".a:not(.b)", ".größe"])(
    "[MI3] show %s is taken",
    (selector) => expect(read({ show: [selector] }).problems).toEqual([]),
  );

  it.each([
    [{ mask: [".."] }],
    [{ mask: [".a /*", ".b"] }],
    [{ hide: [".a::before"] }],
    [{ hide: ".a" }],
    [{ mask: [7] }],
    [{ masks: [".a"] }],
    [{ mode: "allow" }],
    [{ paths: [{ path: "account", mode: "off" }] }],
    [{ privatePaths: [""] }],
    [null],
    [[]],
  ])("[MI3] %j masks the whole page", (rules) => expect(policy(rules).masksAll).toBe(true));

  it("[MI3] a noControl that does not parse allows none, and a browser that cannot parse a mask masks", () => {
    expect(policy({ noControl: [".."] })).toMatchObject({ controlsNothing: true, masksAll: false });
    expect(policyFor(read({ mask: [".a"] }), "/", () => false).masksAll).toBe(true);
    expect(read({ urlParams: ["color", "token"] }).rules.urlParams).toEqual(["color"]);
  });

  it.each([
    ["/account", "allow-list"],
    ["/ACCOUNT/Orders", "allow-list"],
    ["//account//x", "allow-list"],
    ["/%61ccount/x", "allow-list"],
    ["/account/pay/card", "off"],
    ["/accounts", "default"],
    ["/", "default"],
    ["/secret/", "off"],
    ["/%", "default"],
  ])("[MI10] %s is %s", (path, mode) => {
    const paths = [
      { path: "/account/pay*", mode: "off" },
      { path: "/account/*", mode: "allow-list" },
    ];
    expect(policy({ paths, privatePaths: ["/secret"] }, path).mode).toBe(mode);
  });

  it("[MI10] a rule may hold for some paths only, and another rule is another hash", () => {
    const rules = { mask: [{ selector: ".a", path: "/x/*" }, ".b"] };
    expect(policy(rules, "/x/1").mask).toBe(".a,.b");
    expect(policy(rules, "/y").mask).toBe(".b");
    expect(policy(rules).hash).toBe(policy(rules, "/x/1").hash);
    expect(policy(rules).hash).not.toBe(policy({ mask: [".b"] }).hash);
    expect(
      policy({ paths: [{ path: `/${"*a".repeat(200)}b`, mode: "off" }] }, `/${"a".repeat(3_000)}`).mode,
    ).toBe("default");
  });
});

describe("strings", () => {
  it.each([
    "cardNumber",
    "Kartennummer",
    "numero-carta",
    "Número de tarjeta",
    "CVC",
    "cvv2",
    "user_pin",
    "IBAN",
    "Prüfziffer",
    "newPasswordRepeat",
    "Contraseña",
    "mot de passe",
    "codice di sicurezza",
    "otp-1",
    "csrfToken",
    "Sicherheitscode",
  ])("[MI5] %s is a secret's name", (name) => expect(isSecretName(name)).toBe(true));

  it.each([
    "opinion",
    "shipping",
    "email",
    "Vorname",
    "discard",
    "title",
    "cardigan",
    "spinner",
    "Menge",
    "quantity",
    "company",
  ])("[MI5] %s is none", (name) => expect(isSecretName(name)).toBe(false));

  it("[MI6] echoes are dotted out, secrets' beginnings too, and what was corrected stays known", () => {
    const taint = openTaint();
    const [field, secret] = [{}, {}];
    taint.note(field, "Anna Rossi", false);
    taint.note(field, "Maria Weber", false);
    taint.note(secret, "GB12-3456", true);
    expect(taint.clean("to ANNA-ROSSI and Maria  Weber, not Anna")).toBe("to •••• and ••••, not Anna");
    expect(taint.clean("g b 1 2 3!")).toBe("••••!");
    expect(taint.clean("Marianne", true)).toBe("Marianne");
  });

  it.each([
    ["4111 1111 1111 1111", "••••"],
    ["pay 4111111111111111!", "pay ••••!"],
    ["3782 822463 10005", "••••"],
    ["EAN 4006381333931", "EAN 4006381333931"],
    ["1.249,00 € 12.05.2019", "1.249,00 € 12.05.2019"],
    ["4111 1111 1111 1112", "4111 1111 1111 1112"],
  ])("[MI7] %s becomes %s", (text, told) => expect(openTaint().clean(text)).toBe(told));

  it("[MI8] addresses", () => {
    const rules = {
      base: "https://shop.example/a/",
      urlParams: new Set(["color"]),
      clean: (text: string) => text,
    };
    expect(pageAddress("https://shop.example/p/bag?color=red&mail=a#x", rules)).toBe(
      "https://shop.example/p/bag?color=red",
    );
    expect(pageAddress("https://u:p@shop.example/o/max@x.de/%E0%A4", rules)).toBe(
      "https://shop.example/o/••••/••••",
    );
    expect(linkAddress("../b?x=1", rules)).toBe("https://shop.example/b");
    for (const link of ["mailto:a@b.de", "tel:1", "javascript:1", "blob:https://x/1", "#a", "http://"])
      expect(linkAddress(link, rules)).toBe("#");
    expect(imageAddress("/p.png?t=1", rules)).toMatchObject({ kind: "opaque" });
    expect(imageAddress("blob:https://shop.example/1", rules).kind).toBe("made here");
    expect(imageAddress("data:image/gif;base64,R0lGODlhAQABAAAAACw=", rules).kind).toBe("spacer");
    expect(readSrcset("a.png?x=1,2 1x, data:image/png;base64,AA== 2x,b.png").map(({ url }) => url)).toEqual([
      "a.png?x=1,2",
      "data:image/png;base64,AA==",
      "b.png",
    ]);
  });

  it("[MI9] style sheets", () => {
    const css = (text: string, strict: boolean) =>
      filterCss(text, {
        strict,
        address: (url) => (url.includes("?") ? null : url),
        clean: (words) => words,
      });
    expect(css('a{color:red}/* x */@import "x?y";b{background:url( x?y )}', false)).toBe(
      'a{color:red}b{background:url("")}',
    );
    expect(css('a::after{content:"Anna";font-family:"Inter"}', true)).toBe(
      'a::after{content:"••••";font-family:"Inter"}',
    );
    expect(css(".a{--gap:4px;--name:Anna;--c:rgb(1 2 3 / 4%)}", true)).toBe(
      ".a{--gap:4px;--c:rgb(1 2 3 / 4%)}",
    );
    expect(css('input[type="text"]:hover{width:calc(1px + 2%)}', true)).toBe(
      'input[type="text"]:hover{width:calc(1px + 2%)}',
    );
    expect(css('a{content:"\\22 }"}', false)).toBe('a{content:"\\"}"}');
    for (const torn of ['a{content:"x', "a{background:url(", "@import", "/*", "\\", "a{--x:(["])
      expect(css(torn, true)).toBeTypeOf("string");
  });

  it("[MI11] attributes' values leave as the words that a sheet names", () => {
    const styled = openStyledData();
    styled.add('[data-size="xl"],[data-tags~=new],[data-ref^="ord-"],[data-who]{color:red}');
    expect(styled.told("data-size", "xl")).toBe("xl");
    expect(styled.told("data-size", "Anna")).toBe("");
    expect(styled.told("data-tags", "anna new")).toBe("new");
    expect(styled.told("data-ref", "ord-4711")).toBe("ord-");
    expect(styled.told("data-who", "Anna")).toBe("");
    expect(styled.told("data-other", "Anna")).toBeNull();
  });
});
