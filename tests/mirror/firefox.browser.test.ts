/**
 * The core of the 118 features with the customer in Firefox: those that lie with the engine, in how it tells or as what it
 * shows. The desk is the same as ever. What came of all of them stands in docs/mirror-conformance.md.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadFrame, readFrame } from "../../lib/mirror/capture/replica.fixture";
import { secretsIn } from "../../lib/mirror/capture/secrets-in.fixture";
import { LATER, LEAK_PAGE, RULES, SINKS } from "../../lib/mirror/masking/leak-sinks.fixture";
import type { Feature } from "./feature";
import { css } from "./features/css";
import { dom } from "./features/dom";
import { forms } from "./features/forms";
import { frames } from "./features/frames";
import { media } from "./features/media";
import { safety } from "./features/safety";
import { session } from "./features/session";
import { shadow } from "./features/shadow";
import { view } from "./features/view";
import { openFirefoxCustomer } from "./firefox/open-customer";
import { type Mirror, openMirror } from "./open-mirror";

const CORE: readonly (readonly [features: readonly Feature[], ids: string])[] = [
  [dom, "replace-html doc-open text-split svg-foreign"],
  [css, "css-import css-insertrule css-insert-layer css-ruledecl-attr css-disabled css-modern"],
  [css, "adopted-doc adopted-late adopted-push adopted-shadow"],
  [css, "css-hover css-focus css-active css-anim waapi webfont pseudo-content"],
  [shadow, "shadow-declarative shadow-closed shadow-slot shadow-input"],
  [frames, "iframe-blank iframe-docwrite iframe-nav iframe-navinput iframe-scroll"],
  [forms, "in-text in-native-setter in-reset in-check in-select in-range in-ce in-datalist-validity"],
  [forms, "details dialog-modal popover"],
  [view, "scroll-win scroll-el scroll-smooth resize selection cursor-iframe"],
  [media, "img-srcset img-blob img-auth canvas-2d-live"],
  [session, "nav-back"],
  [safety, "safe-script"],
];

/** Two engines draw letters and fields each their way; pictures, both alike. */
const isDrawnAlike = (features: readonly Feature[]) => features === media;

/** Firefox's computed `content` is as written: `attr(title)`. The replica in Chromium says what it comes to. */
const isToldOtherwise = ({ id }: Feature) => id === "pseudo-content";

const blank: Feature = { id: "blank", what: "nothing", html: "<p>x</p>", look: () => "", is: "" };

let mirror: Mirror;
beforeAll(async () => {
  mirror = await openMirror(openFirefoxCustomer);
});
afterAll(() => mirror?.close());

describe("in Firefox", () => {
  for (const [features, ids] of CORE)
    for (const id of ids.split(" ")) {
      const feature = features.find((one) => one.id === id);
      if (!feature) throw new Error(`no feature ${id}`);
      const { pixels, onlyReplica = isToldOtherwise(feature), ...rest } = feature;
      const asked = {
        ...rest,
        onlyReplica,
        ...(isDrawnAlike(features) && pixels !== undefined && { pixels }),
      };
      it(`[MI69] ${id}: ${feature.what}`, () => mirror.check(asked));
    }
});

describe("what leaves Firefox", () => {
  const named = (...levels: string[]) =>
    SINKS.filter(({ level }) => levels.includes(level)).map(({ id }) => id);
  const isFull = ({ kind }: ReadFrame) => kind === "full";
  /** Done last, of each kind of change. */
  const MARK = `{const p=document.createElement("p");p.className="last";document.body.append(p);
const s=document.querySelectorAll("style");s[s.length-1].sheet.insertRule(".last{margin-top:3px}");
const c=new CSSStyleSheet();c.replaceSync(".last{margin-left:4px}");document.adoptedStyleSheets.push(c)}`;

  it.each([
    { name: "default", rules: RULES, may: named("listed", "shown") },
    { name: "allow-list", rules: { ...RULES, mode: "allow-list" }, may: named("shown") },
  ])("[MI30, MI69] $name: no secret, and what may be seen", async ({ rules, may }) => {
    const foreign = `${mirror.addresses.foreign}/`;
    // Firefox calls a page broken in which a frame asks for a port that it never opens.
    const html = LEAK_PAGE.replace("<!doctype html>", "").replace("http://localhost:9/", foreign);
    const leaving = async () => {
      await mirror.shopPage.evaluate(() => window.capture?.sendFull());
      const sent = () => mirror.frames.map(readFrame);
      await mirror.until("all is told anew", async () => sent().filter(isFull).length > 1);
      expect(secretsIn(sent()).toSorted()).toEqual(may.toSorted());
    };
    await mirror.check({
      ...blank,
      html,
      rules,
      drive: (page) => page.evaluate(`${LATER};\n${MARK}`),
      look: ({ css }) => [css(".last", "margin-top"), css(".last", "margin-left")],
      is: ["3px", "4px"],
      also: leaving,
    });
  });
});

it("[MI69] the customer's browser is Firefox, with the focus in her page", async () => {
  await mirror.open(blank);
  const told = await mirror.shopPage.evaluate(() => [navigator.userAgent, document.hasFocus()]);
  expect(told).toEqual([expect.stringContaining("Firefox/"), true]);
});

it("[MI69] what a page throws in Firefox fails its test", async () => {
  const thrown = { ...blank, html: "<script>nothing.there</script>" };
  await expect(mirror.check(thrown)).rejects.toThrow("what pages threw");
});
