import { describe, expect, it } from "vitest";
import { writeCsv } from "./csv";

describe("writeCsv", () => {
  it("[IN30] no text becomes a formula, numbers stay numbers", () => {
    const hostile = ["=1+1", "+49", "-2", "@sum", "\tx", "\rx", "＝1", '=HYPERLINK("http://x","y")'];
    for (const text of hostile) expect(writeCsv([[text]]).slice(1)).toMatch(/^"?'/);
    expect(writeCsv([[-5, "a"]])).toBe("\uFEFF-5,a\r\n");
  });

  it("quotes commas, quotes and line breaks", () => {
    expect(writeCsv([['a "b", c', "d\ne"]])).toBe('\uFEFF"a ""b"", c","d\ne"\r\n');
  });
});
