import { describe, expect, it } from "vitest";
import { readSiteRules } from "@/lib/mirror/masking/site-rules";
import { rulesToText, textToRules } from "./mirror-rules-text";

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
