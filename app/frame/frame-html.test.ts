import { expect, it } from "vitest";
import { frameHtml } from "./frame-html";

function page(name: string): string {
  return frameHtml({
    boot: { locale: "en", areas: {}, shop: { name, origins: ["https://shop.example"], agents: [name] } },
    assets: { script: "/s.js", modules: ["/m.js"], styles: ["/c.css"] },
    title: name,
    needsScript: "needs",
    accentCss: ":root{--accent:#123456}",
    nonce: "bm9uY2U=",
  });
}

it.each(["</script><script>alert(1)</script>", '"><img src=x>', "<!--<script>"])(
  "[FR15] a shop called %j adds no markup to the frame's page",
  (name) => {
    const plain = page("Shop");
    const hostile = page(name);
    const tags = (html: string) => html.match(/<[!/a-z]/gi)?.length;
    expect(tags(hostile)).toBe(tags(plain));
    const data = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(hostile)?.[1] ?? "";
    expect(JSON.parse(data).shop.name).toBe(name);
  },
);

it("[FR15] every script and inline style of the page carries its nonce", () => {
  const html = page("Shop");
  for (const tag of html.match(/<(script|style|link rel="modulepreload")[^>]*>/g) ?? []) {
    expect(tag).toMatch(/ nonce="bm9uY2U="| type="application\/json"/);
  }
});
