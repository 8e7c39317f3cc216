import { expect, it } from "vitest";
import { looksLikeSelector } from "./looks-like-selector";

it("[MI125] knows selectors by their form", () => {
  for (const good of [
    "a",
    "*",
    "#card",
    ".a.b#c",
    "my-element > .x",
    "a , b",
    "ul li:nth-child(2n + 1)",
    "[data-x]",
    "[data-x='a b']",
    '[data-x = "a]b" i]',
    "input[type=text]:not(.open, [name^='x'])",
    ":is(h1, h2) + p ~ em",
    "section:has(> .price)",
    ".größe",
    ".sm\\:hidden",
    "p::before",
    ":lang(en)",
    "--x",
  ]) {
    expect(looksLikeSelector(good), good).toBe(true);
  }
});

it("[MI125] and what is none", () => {
  for (const bad of [
    "",
    " ",
    ",",
    "a,",
    "a >",
    "> a",
    "a > > b",
    "..a",
    "#",
    ".",
    ".1a",
    "a[",
    "[=x]",
    "[a==b]",
    ":not()",
    ":is(,a)",
    "a:nth-child()",
    "a{}",
    "a;b",
    "<script>",
    "a b)",
    "$x",
    "'a'",
    ":has(> )",
  ]) {
    expect(looksLikeSelector(bad), bad).toBe(false);
  }
});

it("[MI125] takes no longer for what is made to take long", () => {
  for (const piece of ["a ", "[a]", ":is(", ":not(a", "\\", "((", ":a", "--", "a>"]) {
    const started = performance.now();
    looksLikeSelector(piece.repeat(500 / piece.length));
    expect(performance.now() - started, piece).toBeLessThan(200);
  }
});
