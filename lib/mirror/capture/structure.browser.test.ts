/** What is told of a page's structure, and how its changes are. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./open-capture.fixture";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe("structure", () => {
  it("[MI31] a page is told as it stands", async () => {
    const captured = await bench.open(
      `<!doctype html><html lang=en><head><title>Shop</title><style>.a{color:red}</style></head>
<body><!-- no --><p class=a>Hello <b>you</b></p><input value=secret1><svg viewBox="0 0 9 9"><linearGradient id=g /></svg>
<script>1</script></body></html>`,
    );
    const outline = await captured.until(
      (told) => told.includes("linearGradient") && told.includes("color: red"),
    );
    expect(outline).toBe(`#document
 <html lang="en">
  <head>
   {.a { color: red; }}
  <body>
   <p class="a">
    "Hello "
    <b>
     "you"
   <input> ["f",1]
   <svg viewBox="0 0 9 9">
    <linearGradient id="g">
   [box  0x0 none]
`);
    expect(captured.replica.page).toMatchObject({ title: "Shop", mode: "default" });
    await captured.page.close();
  });
});
