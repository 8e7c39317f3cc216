/** The customer's hand at Firefox: its own keys, pointer and wheel, by `input.performActions`. */
import type { CustomersPage } from "../customers-browser";

type Hand = Pick<CustomersPage, "mouse" | "keyboard">;

/** Keys without a letter, as WebDriver writes them: https://w3c.github.io/webdriver/#keyboard-actions. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE006",
  "\n": "\uE006",
  End: "\uE010",
};

/** @param perform one device's actions, one after the other */
export function openHand(perform: (device: object) => Promise<unknown>): Hand {
  let place = { x: 0, y: 0 };
  const point = async (...actions: readonly object[]) => {
    await perform({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
  };
  const press = async (...keys: readonly string[]) => {
    const actions = keys.flatMap((key) =>
      ["keyDown", "keyUp"].map((type) => ({ type, value: KEYS[key] ?? key })),
    );
    await perform({ type: "key", id: "keyboard", actions });
  };
  return {
    mouse: {
      async move(x, y, { steps = 1 } = {}) {
        const from = place;
        place = { x, y };
        const way = Array.from({ length: steps }, (_, at) => (at + 1) / steps);
        await point(
          ...way.map((share) => ({
            type: "pointerMove",
            x: Math.round(from.x + (x - from.x) * share),
            y: Math.round(from.y + (y - from.y) * share),
          })),
        );
      },
      down: () => point({ type: "pointerDown", button: 0 }),
      up: () => point({ type: "pointerUp", button: 0 }),
      async wheel(deltaX, deltaY) {
        await perform({
          type: "wheel",
          id: "wheel",
          actions: [{ type: "scroll", ...place, deltaX, deltaY }],
        });
      },
    },
    keyboard: {
      press: (key) => press(key),
      type: (text) => press(...text),
    },
  };
}
