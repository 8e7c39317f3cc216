/** Frames of the same origin, of another with our script in it, and of another without. */
import type { Feature } from "../feature";

const INNER = `<!doctype html><style>p{color:green}</style><p>inner</p><input class=shown><div style="height:3000px"></div>`;

export const frames: readonly Feature[] = [
  {
    id: "iframe-same",
    what: "same-origin iframe, mutated inside",
    html: `<iframe src=/in.html></iframe>`,
    files: { "/in.html": INNER },
    act: ({ get }) => {
      get("iframe >>> p").textContent = "changed";
    },
    look: ({ text, css }) => [text("iframe >>> p"), css("iframe >>> p", "color")],
    is: ["changed", "rgb(0, 128, 0)"],
    pixels: 0,
  },
  {
    id: "iframe-srcdoc",
    what: "srcdoc iframe",
    html: `<iframe srcdoc="<p>from srcdoc</p>"></iframe>`,
    look: ({ text }) => text("iframe >>> p"),
    is: "from srcdoc",
    pixels: 0,
  },
  {
    id: "iframe-blank",
    what: "about:blank iframe filled by script",
    html: `<iframe></iframe><script>document.querySelector("iframe").contentDocument.body.innerHTML="<p>filled</p>"</script>`,
    act: ({ get }) => get("iframe >>> p").append(" more"),
    look: ({ text }) => text("iframe >>> p"),
    is: "filled more",
    pixels: 0,
  },
  {
    id: "iframe-docwrite",
    what: "iframe created later and document.write-n (ads / editors)",
    html: `<div></div>`,
    act: ({ document }) => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      frame.contentDocument?.open();
      frame.contentDocument?.write("<!doctype html><p>written</p>");
      frame.contentDocument?.close();
    },
    look: ({ text, get }) => [text("iframe >>> p"), get("iframe >>> p").ownerDocument.compatMode],
    is: ["written", "CSS1Compat"],
    pixels: 0,
  },
  {
    id: "iframe-nested",
    what: "iframe inside iframe",
    html: `<iframe src=/mid.html></iframe>`,
    files: { "/mid.html": `<!doctype html><iframe src=/in.html></iframe>`, "/in.html": INNER },
    look: ({ text }) => text("iframe >>> iframe >>> p"),
    is: "inner",
    pixels: 0,
  },
  {
    id: "iframe-nav",
    what: "iframe navigates to another same-origin page",
    html: `<iframe src=/in.html></iframe>`,
    files: { "/in.html": INNER, "/two.html": `<!doctype html><h1>second</h1>` },
    act: ({ get }) => {
      (get("iframe") as HTMLIFrameElement).src = "/two.html";
    },
    look: ({ text }) => text("iframe >>> h1"),
    is: "second",
    pixels: 0,
  },
  {
    id: "iframe-navinput",
    what: "typing inside a same-origin iframe",
    html: `<iframe src=/in.html></iframe>`,
    files: { "/in.html": INNER },
    drive: (page) => page.frameLocator("iframe").locator("input").pressSequentially("hello"),
    look: ({ field }) => field("iframe >>> input").value,
    is: "hello",
  },
  {
    id: "iframe-scroll",
    what: "scroll inside a same-origin iframe",
    html: `<iframe src=/in.html></iframe>`,
    files: { "/in.html": INNER },
    act: ({ get }) => (get("iframe") as HTMLIFrameElement).contentWindow?.scrollTo(0, 700),
    look: ({ get }) => (get("iframe") as HTMLIFrameElement).contentWindow?.scrollY,
    is: 700,
    pixels: 0,
  },
  {
    id: "iframe-x-coop",
    what: "cross-origin iframe with our script inside",
    html: `<iframe></iframe><script>document.querySelector("iframe").src=location.origin.replace("127.0.0.1","localhost")+"/in.html"</script>`,
    files: { "/in.html": INNER },
    look: ({ text }) => text("iframe >>> p"),
    is: "inner",
    onlyReplica: true,
    miss: "a frame of another origin is a box: two pages' scripts would have to trust each other, and who may speak for the frame is the site's decision; nothing of it leaves",
  },
  {
    id: "iframe-x-resnap",
    what: "cross-origin iframe survives a second full snapshot / second viewer (#1720)",
    html: `<iframe width=200 height=100></iframe><script>document.querySelector("iframe").src=location.origin.replace("127.0.0.1","localhost")+"/in.html"</script>`,
    files: { "/in.html": INNER },
    look: ({ document }) => {
      const { width, height } = (
        document.querySelector("vetrina-box") ?? document.body
      ).getBoundingClientRect();
      return [width, height];
    },
    is: [204, 104],
    onlyReplica: true,
    also: async (desk) => {
      await desk.joinLate();
      await desk.until("the box is there again", () =>
        desk.page.evaluate(() => {
          const box = document.querySelector("iframe")?.contentDocument?.querySelector("vetrina-box");
          return box?.getBoundingClientRect().width === 204;
        }),
      );
    },
  },
  {
    id: "iframe-x-opaque",
    what: "cross-origin iframe without our script: box keeps its size, nothing loads",
    html: `<p style="margin:0;height:20px">before</p><iframe width=200 height=100 style="vertical-align:top"></iframe><q style="display:inline-block;vertical-align:top;width:44px;height:17px">after</q><script>document.querySelector("iframe").src=location.origin.replace("127.0.0.1","localhost")+"/in.html"</script>`,
    files: { "/in.html": INNER },
    look: ({ box }) => box("q"),
    // Sizes that no font decides: machines have different ones.
    is: [212, 28, 44, 17],
  },
  {
    id: "iframe-resnap",
    what: "same-origin iframe survives a second full snapshot",
    html: `<iframe src=/in.html></iframe>`,
    files: { "/in.html": INNER },
    look: ({ text }) => text("iframe >>> p"),
    is: "inner",
    also: async (desk) => {
      await desk.shopPage.evaluate(() => window.capture?.sendFull());
      await desk.joinLate();
      await desk.sees({ look: ({ text }) => text("iframe >>> p"), is: "inner" });
    },
    pixels: 0,
  },
];
