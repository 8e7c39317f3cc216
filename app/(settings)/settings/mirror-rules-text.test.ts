import { describe, expect, it } from "vitest";
import { readSiteRules } from "@/lib/mirror/masking/site-rules";
import { problemsByLine, rulesToText, textToRules } from "./mirror-rules-text";

const rules = {
  mode: "default",
  paths: [
    { path: "/internal/*", mode: "off" },
    { path: "/account/*", mode: "allow-list" },
  ],
  privatePaths: ["/checkout/payment"],
  urlParams: ["color"],
  hide: ["#invoice"],
  mask: [".name", { path: "/orders/*", selector: "td .total" }],
  show: [".help"],
  noControl: ["button.pay"],
};

describe("rules as text", () => {
  it("[MI170] come back as they were, also what has no line of its own", () => {
    expect(textToRules(rulesToText(rules), rules)).toEqual(rules);
  });

  it("[MI170] an empty form is no rule at all", () => {
    const none = textToRules(rulesToText({}), {});
    const { problems, rules: read } = readSiteRules(none, () => true);
    expect(problems).toEqual([]);
    expect(read.mode).toBe("default");
  });

  it("[MI170] a line that is no rule stays one that is told as unreadable", () => {
    const text = { ...rulesToText({}), privatePaths: "account", mask: "  .a \n\n .b[" };
    const { problems } = readSiteRules(textToRules(text, {}), (selector) => !selector.endsWith("["));
    expect(problems.map((one) => one.where)).toEqual(["privatePaths[0]", "mask[1]"]);
  });
});

describe("mistakes", () => {
  const parses = (selector: string) => !selector.endsWith("[");
  const mistakes = (part: Partial<ReturnType<typeof rulesToText>>, saved: unknown = {}) => {
    const text = { ...rulesToText(saved), ...part };
    return problemsByLine(readSiteRules(textToRules(text, saved), parses).problems, text, saved);
  };

  it("[MI206] stand at their line, whatever empty ones are above", () => {
    const { lines, others } = mistakes({
      mask: ".a\n\n  .b[ \n.c",
      show: "*\n.d\ndiv",
      urlParams: "\ntoken",
    });
    expect(lines.map(({ area, line, text, problem }) => [area, line, text, problem.what])).toEqual([
      ["urlParams", 2, "token", "secret parameter"],
      ["mask", 3, ".b[", "unparsable"],
      ["show", 1, "*", "too broad"],
      ["show", 3, "div", "too broad"],
    ]);
    expect(others).toEqual([]);
  });

  it("[MI206] on paths count from the first that has a line", () => {
    const { lines } = mistakes({ allowListPaths: "/ok/*\naccount" }, rules);
    expect(lines).toMatchObject([{ area: "allowListPaths", line: 2, text: "account" }]);
  });

  it("[MI206] of no line are told all the same", () => {
    const many = Array.from({ length: 201 }, (_, index) => `.a${index}`).join("\n");
    expect(mistakes({ hide: many })).toMatchObject({ lines: [], others: [{ where: "hide" }] });
    expect(mistakes({}, { paths: [{ path: "x", mode: "off" }] }).others).toMatchObject([
      { where: "paths[0]" },
    ]);
  });
});
