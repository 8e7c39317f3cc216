/** Changes: what is told of them, and what is not told twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./open-capture.fixture";
import type { ReadFrame } from "./replica.fixture";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const deltas = (frames: readonly ReadFrame[]) => frames.filter(({ kind }) => kind === "delta");

describe("changes", () => {
  it("[MI32] nodes keep their ids when they move, change and are told again", async () => {
    const captured = await bench.open(`<!doctype html><ul><li id=a>a<li id=b>b<li id=c>c</ul><ol></ol>`);
    await captured.until((told) => told.includes('id="c"'));
    const ids = () =>
      captured.run(`["a","b","c"].map(i=>captureProbe.capture.idOf(document.getElementById(i)))`);
    const before = await ids();
    await captured.run(`{const a=document.getElementById("a");document.querySelector("ol").append(a);a.className="x";
a.firstChild.data="moved";document.querySelector("ul").prepend(document.getElementById("c"))}`);
    const outline = await captured.until((told) => told.includes("moved"));
    expect(outline.replaceAll(/ +/g, "")).toContain(
      `<ul>\n<liid="c">\n"c"\n<liid="b">\n"b"\n<ol>\n<liid="a"class="x">\n"moved"\n`,
    );
    await captured.run("captureProbe.capture.sendFull()");
    await captured.until(() => captured.frames.filter(({ kind }) => kind === "full").length === 2);
    expect(captured.replica.outline()).toBe(outline);
    expect(await ids()).toEqual(before);
    expect(await captured.run(`captureProbe.capture.nodeOf(${captured.replica.seq && 4})?.nodeName`)).toBe(
      "BODY",
    );
    await captured.page.close();
  });

  it("[MI33] of what changes and goes in the same moment only the going is told", async () => {
    const captured = await bench.open(
      `<!doctype html><ul><li><i>a</i><input><li><i>b</i><input></ul><p>0</p><script>
const moving=document.querySelector("i").animate([{opacity:0},{opacity:1}],60000)</script>`,
    );
    await captured.until((told, { animations }) => told.includes('"0"') && animations.size > 0);
    // Long enough that the end of an animation, which has no event, is found in the same moment.
    await captured.run(`{moving.cancel();const [a,b]=document.querySelectorAll("li");
for(const item of [a,b]){item.className="x";item.firstChild.firstChild.data="c";item.lastChild.value="d";item.remove()}
document.querySelector("p").firstChild.data="1";
const until=performance.now()+1500;while(performance.now()<until);}`);
    const outline = await captured.until((told) => told.includes('"1"'));
    expect(outline).not.toContain("<li");
    await captured.run(`document.querySelector("p").firstChild.data="2"`);
    await captured.until((told) => told.includes('"2"'));
    await captured.page.close();
  });

  it("[MI33] one child more in a long list is one splice with one node", async () => {
    const captured = await bench.open(`<!doctype html><ul>${"<li>x</li>".repeat(2_000)}</ul>`);
    await captured.until((_, { nodes }) => nodes.size > 4_000);
    const before = captured.frames.length;
    await captured.run(`document.querySelector("ul").children[1000].before(document.createElement("hr"))`);
    await captured.until((told) => told.includes("<hr>"));
    const [delta] = deltas(captured.frames.slice(before));
    expect(JSON.parse(delta?.text ?? "{}")).toMatchObject({
      n: [[expect.any(Number), 1, "hr", 0, []]],
      k: [[5, 1000, 0, expect.any(Number)]],
    });
    await captured.page.close();
  });

  it("[MI33] a thousand changes of one text are a few messages, and the last one is told", async () => {
    const captured = await bench.open(`<!doctype html><p>0</p>`);
    await captured.until((told) => told.includes('"0"'));
    await captured.run(`new Promise((done)=>{let n=0;const step=()=>{for(let i=0;i<50;i++)
document.querySelector("p").firstChild.data=String(++n);n<1000?setTimeout(step,1):done()};step()})`);
    await captured.until((told) => told.includes('"1000"'));
    expect(deltas(captured.frames).length).toBeLessThan(20);
    await captured.page.close();
  });

  it("[MI34] fields, scroll offsets, focus, pointer, selection and dialogs are told as they are", async () => {
    const captured =
      await bench.open(`<!doctype html><style>body{height:5000px}.s{height:50px;overflow:auto}</style>
<input type=checkbox><select><option>1<option>2</select><div class=s><p style="height:500px">text</p></div><dialog>d</dialog>`);
    await captured.until((told) => told.includes("<dialog>"));
    const { page, replica } = captured;
    await page.check("input");
    await page.selectOption("select", { index: 1 });
    await page.evaluate(() => {
      document.querySelector(".s")?.scrollTo(0, 120);
      window.scrollTo(0, 40);
      getSelection()?.selectAllChildren(document.querySelector("p") ?? document);
      document.querySelector("dialog")?.showModal();
    });
    await page.mouse.move(30, 31);
    await captured.until(
      (_, { last, scrolls }) => last.t?.length === 1 && scrolls.size === 2 && last.e?.length === 4,
    );
    await captured.until(() =>
      captured.frames.some(({ kind, text }) => kind === "cursor" && text.startsWith("[30,31,")),
    );
    expect([...replica.fields.values()]).toEqual([
      ["c", 1, 0],
      ["o", 1],
    ]);
    expect([...replica.scrolls.values()].toSorted()).toEqual([
      [0, 120],
      [0, 40],
    ]);
    expect(replica.last.t).toEqual([[expect.any(Number), 1]]);
    await captured.page.close();
  });

  it("[MI35] what scripts change without an event is told: fields, rules, sheets, animations, canvases", async () => {
    const captured = await bench.open(
      `<!doctype html><style>.a{color:red}@media screen{.b{top:0}}</style><style>.c{top:0}</style>
<div class=open><input></div><input type=checkbox><b>x</b><canvas width=20 height=20></canvas>`,
      { show: [".open"] },
    );
    await captured.until((told, { pictures }) => told.includes("canvas") && pictures.size === 1);
    const drawn = [...captured.replica.pictures.values()].join();
    await captured.run(`{const [one,two]=document.styleSheets;one.insertRule(".d{top:1px}",1);one.cssRules[0].style.color="blue";
one.cssRules[2].insertRule(".e{top:2px}");two.disabled=true;two.media.mediaText="print";
const made=new CSSStyleSheet();made.replaceSync(".f{top:3px}");document.adoptedStyleSheets.push(made);
document.querySelector("input").value="typed";document.querySelector("[type=checkbox]").indeterminate=true;
document.querySelector("b").animate([{opacity:0},{opacity:1}],{duration:9e5,fill:"both"});
document.querySelector("canvas").getContext("2d").fillRect(0,0,9,9)}`);
    await captured.until((_, { pictures, rules, fields, animations, media }) => {
      const css = [...rules.values()].flat().join();
      return (
        [".d {", "blue", ".e {", ".f {"].every((part) => css.includes(part)) &&
        JSON.stringify([...fields.values()].toSorted()) === '[["c",0,1],["t","typed"]]' &&
        JSON.stringify([...media.values()]).includes('["print",1]') &&
        animations.size === 1 &&
        [...pictures.values()].join() !== drawn
      );
    });
    await captured.page.close();
  });
});

describe("styled attributes", () => {
  it("[MI35] a sheet that comes late and selects on an attribute has it told", async () => {
    const captured = await bench.open(
      `<!doctype html><style></style><p data-state=open data-customer=Ada>x</p>`,
    );
    await captured.until((told) => told.includes("<p>"));
    await captured.run(`document.querySelector("style").textContent="[data-state=open]{color:red}"`);
    const outline = await captured.until((told) => told.includes('data-state="open"'));
    expect(outline).not.toContain("Ada");
    await captured.page.close();
  });
});

describe("frames and shadow roots", () => {
  it("[MI36] open, closed and late shadow roots, and frames that are filled, written and navigated, are told", async () => {
    const captured = await bench.open(
      `<!doctype html><div id=a></div><div id=b></div><iframe id=f></iframe><iframe srcdoc="<p>from srcdoc</p>"></iframe>`,
      {},
      { "/other.html": "<p>other page</p>" },
    );
    await captured.until((told) => told.includes("from srcdoc"));
    await captured.run(`document.getElementById("a").attachShadow({mode:"open"}).innerHTML="<i>open root</i>";
document.getElementById("b").attachShadow({mode:"closed"}).innerHTML="<i>closed root</i>";
document.getElementById("f").contentDocument.write("<p>written</p>")`);
    await captured.until((told) =>
      ["open root", "closed root", "written"].every((part) => told.includes(part)),
    );
    await captured.run(`document.getElementById("f").contentDocument.querySelector("p").append(" more");
document.getElementById("b").className="c"`);
    await captured.until((told) => told.includes('" more"') && told.includes('class="c"'));
    await captured.run(`document.getElementById("f").src="/other.html"`);
    await captured.until((told) => told.includes("other page"));
    await captured.run(`document.getElementById("f").contentDocument.querySelector("p").append(" and more")`);
    await captured.until((told) => told.includes("and more"));
    expect(captured.errors).toEqual([]);
    await captured.page.close();
  });

  it("[MI36] a document that is opened anew is told anew, and heard again", async () => {
    const captured = await bench.open(`<!doctype html><p>old</p>`);
    await captured.until((told) => told.includes("old"));
    await captured.run(
      `document.open();document.write("<p>new</p><div class=s style='height:40px;overflow:auto'><p style='height:900px'>");document.close()`,
    );
    await captured.until((told) => told.includes("new") && !told.includes("old"));
    await captured.page.mouse.move(20, 60);
    await captured.page.mouse.wheel(0, 30);
    await captured.until((_, { scrolls }) => scrolls.size > 0);
    await captured.page.close();
  });
});
