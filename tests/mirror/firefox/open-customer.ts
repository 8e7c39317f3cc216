/** A customer with Firefox, by the same words as a page of Playwright's. */

import type { Chosen, OpenCustomer } from "../customers-browser";
import type {} from "../look.page";
import { openHand } from "./hand";
import { openFirefoxPage } from "./open-page";

declare global {
  interface Window {
    /** As Playwright finds elements: open shadow roots need no word of their own. */
    find(selector: string): HTMLElement;
  }
}

const FIND = `window.find = (selector) => {
  const { has, get } = window.look(document);
  return get(has(selector) ? selector : selector.replace(" ", ">>>"));
};`;

export const openFirefoxCustomer: OpenCustomer = async (options) => {
  const { send, evaluate, close } = await openFirefoxPage({ ...options, script: options.script + FIND });
  const { mouse, keyboard } = openHand((device) => send("input.performActions", { actions: [device] }));
  const setViewportSize = async (viewport: typeof options.viewport) => {
    await send("browsingContext.setViewport", { viewport });
  };
  await setViewportSize(options.viewport);

  const focus = (selector: string) => evaluate<void, string>((at) => window.find(at).focus(), selector);
  const locator = (selector: string) => ({
    async pressSequentially(text: string) {
      await focus(selector);
      await keyboard.type(text);
    },
  });
  const click = async (selector: string) => {
    const middle = await evaluate((at) => {
      const { left, top, width, height } = window.find(at).getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, selector);
    await mouse.move(middle.x, middle.y);
    await mouse.down();
    await mouse.up();
  };
  return {
    evaluate,
    close,
    mouse,
    keyboard,
    click,
    focus,
    locator,
    setViewportSize,
    uncheck: click,
    frameLocator: (frame) => ({ locator: (selector) => locator(`${frame}>>>${selector}`) }),
    async fill(selector, text) {
      const isTyped = await evaluate(
        ({ at, value }) => {
          const field = window.find(at) as HTMLInputElement;
          field.focus();
          field.select();
          if (field.selectionStart !== null) return true;
          // Sliders and the like have no text: what their own windows would do.
          field.value = value;
          for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
          return false;
        },
        { at: selector, value: text },
      );
      if (isTyped) await keyboard.type(text);
    },
    selectOption: (selector, chosen) =>
      evaluate(
        ({ at, places }) => {
          const select = window.find(at) as HTMLSelectElement;
          for (const [place, option] of [...select.options].entries())
            option.selected = places.includes(place);
          for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
        },
        { at: selector, places: [chosen].flat().map(({ index }: Chosen) => index) },
      ),
    goto: (url) => send("browsingContext.navigate", { url, wait: "complete" }),
    goBack: () => send("browsingContext.traverseHistory", { delta: -1 }),
    async screenshot() {
      const { data } = await send<{ data: string }>("browsingContext.captureScreenshot", {});
      return Buffer.from(data, "base64");
    },
  };
};
