/** Rules that change while the page is told: with its address, with a class, with a mark. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, type Captured, openBench } from "./open-capture.fixture";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const told = ({ frames }: Captured, epochs: (epoch: number) => boolean) =>
  frames
    .filter(({ epoch }) => epochs(epoch))
    .map(({ bytes }) => bytes.toString())
    .join("\n");

describe("stricter", () => {
  it.each([
    ["a mark", `document.querySelector("p").dataset.vetrinaMirror="mask"`],
    ["a class that a rule selects", `document.querySelector("p").className="private"`],
    ["a class above", `document.body.className="account"`],
    ["a class beside", `document.querySelector("i").className="locked"`],
    ["a part that is shown no more", `document.querySelector("div").className=""`],
    ["editing in place", `document.querySelector("p").contentEditable="true"`],
  ])("[MI37] %s: a new epoch, and none of its bytes holds what is private now", async (_, script) => {
    const captured = await bench.open(
      `<!doctype html><i>x</i><p>Ada Lovelace</p><div class=open><input value="12 Byron Road"></div>`,
      { mask: [".private", ".account p", ".locked ~ p"], show: [".open"] },
    );
    await captured.until((outline) => outline.includes("Ada Lovelace") && outline.includes("12 Byron Road"));
    await captured.run(script);
    await captured.run(`document.body.append("later")`);
    await captured.until((outline, { epoch }) => epoch === 2 && outline.includes("later"));
    const secret = script.includes("div") ? "Byron" : "Lovelace";
    expect(told(captured, (epoch) => epoch === 1)).toContain(secret);
    expect(told(captured, (epoch) => epoch > 1)).not.toContain(secret);
    await captured.page.close();
  });

  it("[MI37] a path with stricter rules masks from the first byte on, without a page load", async () => {
    const captured = await bench.open(`<!doctype html><p>Ada Lovelace</p>`, {
      paths: [{ path: "/account/*", mode: "allow-list" }],
    });
    await captured.until((outline) => outline.includes("Ada Lovelace"));
    await captured.run(
      `history.pushState(null,"","/account/me");document.querySelector("p").textContent="Grace Hopper"`,
    );
    await captured.until((_, { page }) => page?.mode === "allow-list");
    expect(told(captured, () => true)).not.toContain("Hopper");
    expect(told(captured, (epoch) => epoch > 1)).not.toContain("Lovelace");
    await captured.page.close();
  });

  it("[MI38] what becomes looser is told again in the same epoch", async () => {
    const captured = await bench.open(
      `<!doctype html><p class=private>Hello</p><b hidden class=gone>there</b>`,
      { mask: [".private"], hide: [".gone"] },
    );
    await captured.until((outline) => outline.includes("[box hide rule"));
    await captured.run(`for(const e of document.querySelectorAll("p,b"))e.className=""`);
    await captured.until(
      (outline, { epoch }) => outline.includes("Hello") && outline.includes("there") && epoch === 1,
    );
    await captured.page.close();
  });
});

describe("private pages", () => {
  it("[MI39] nothing leaves while the path is private, and a new epoch does afterwards", async () => {
    const captured = await bench.open(`<!doctype html><p>shop</p><input>`, { privatePaths: ["/pay/*"] });
    const { page } = captured;
    const privacy = () => page.evaluate(() => window.captureProbe?.privacy);
    await captured.until((outline) => outline.includes("shop"));
    await captured.run(
      `history.pushState(null,"","/pay/card");document.querySelector("p").textContent="paying with Visa"`,
    );
    await expect.poll(privacy).toEqual([true]);
    await page.fill("input", "Lovelace12");
    await page.mouse.move(5, 5);
    await captured.run("captureProbe.capture.sendFull()");
    await captured.pull();
    const before = captured.frames.length;
    await captured.run(`document.querySelector("input").value="";history.pushState(null,"","/thanks");
document.querySelector("p").textContent="Thank you Lovelace12, bye"`);
    await expect.poll(privacy).toEqual([true, false]);
    await captured.until((outline, { epoch }) => outline.includes("Thank you") && epoch > 1);
    expect(captured.frames[before]).toMatchObject({ kind: "full" });
    expect(told(captured, () => true)).not.toMatch(/Visa|Lovelace|pay\/card/);
    await page.close();
  });

  it("[MI39] a pause is kept, and what was made before it does not leave", async () => {
    const captured = await bench.open(`<!doctype html><p>shop</p>`);
    await captured.until((outline) => outline.includes("shop"));
    await captured.run(
      `document.querySelector("p").textContent="before";captureProbe.capture.pause();captureProbe.frames()`,
    );
    await captured.run(`document.querySelector("p").textContent="meanwhile";captureProbe.capture.sendFull()`);
    await captured.run(`document.querySelector("p").textContent="after";captureProbe.capture.resume()`);
    await captured.until((outline, { epoch }) => outline.includes("after") && epoch === 2);
    expect(told(captured, () => true)).not.toMatch(/before|meanwhile/);
    await captured.page.close();
  });
});
