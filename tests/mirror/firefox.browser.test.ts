/**
 * The core of the 118 features with the customer in Firefox: those that lie with the engine, in how it tells or as what it
 * shows. The desk is the same as ever. What came of all of them stands in docs/mirror-conformance.md.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

it("[MI69] the customer's browser is Firefox, with the focus in her page", async () => {
  await mirror.open({ id: "", what: "", html: "<p>x</p>", look: () => "", is: "" });
  const told = await mirror.shopPage.evaluate(() => [navigator.userAgent, document.hasFocus()]);
  expect(told).toEqual([expect.stringContaining("Firefox/"), true]);
});

it("[MI69] what a page throws in Firefox fails its test", async () => {
  const thrown = { id: "", what: "", html: "<script>nothing.there</script>", look: () => "", is: "" };
  await expect(mirror.check(thrown)).rejects.toThrow("what pages threw");
});
