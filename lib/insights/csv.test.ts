import { describe, expect, it } from "vitest";
import { writeCsv } from "./csv";

describe("writeCsv", () => {
  it("[IN30] no text becomes a formula, numbers stay numbers", () => {
    const hostile = ["=1+1", "+49", "-2", "@sum", "\tx", "\rx", "＝1", '=HYPERLINK("http://x","y")'];
    for (const text of hostile) expect(writeCsv([[text]]).slice(1)).toMatch(/^"?'/);
    expect(writeCsv([[-5, "a"]])).toBe("\uFEFF-5,a\r\n");
  });

  it("[IN30] nor where a semicolon, tab or line break inside it ends a cell", () => {
    const formula = "=cmd|' /C calc'!A0";
    const cells = [
      `Eva;${formula};`,
      `Eva;"${formula}`,
      `a\t${formula}`,
      `a\n ${formula}`,
      `\n${formula}`,
      ` ${formula}`,
    ];
    for (const text of cells) {
      // As a spreadsheet reads it that separates by semicolons and keeps nothing together by quotes.
      const read = writeCsv([[text]])
        .slice(1)
        .split(/[;\t\r\n]/);
      expect(
        read.filter((cell) => /^[\s"]*[=+\-@]/.test(cell)),
        text,
      ).toEqual([]);
    }
    expect(writeCsv([["S; M; L", "Rose-Marie"]])).toBe("\uFEFFS; M; L,Rose-Marie\r\n");
  });

  it("quotes commas, quotes and line breaks", () => {
    expect(writeCsv([['a "b", c', "d\ne"]])).toBe('\uFEFF"a ""b"", c","d\ne"\r\n');
  });
});
