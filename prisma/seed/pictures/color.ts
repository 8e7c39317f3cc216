/** Colours as "#rrggbb"; light is warm and shadow is cool, as in a studio. */
function channels(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mix(a: string, b: string, share: number): string {
  const [ar, ag, ab] = channels(a);
  const [br, bg, bb] = channels(b);
  const part = (x: number, y: number) =>
    Math.round(x + (y - x) * share)
      .toString(16)
      .padStart(2, "0");
  return `#${part(ar, br)}${part(ag, bg)}${part(ab, bb)}`;
}

export const lighter = (hex: string, share: number) => mix(hex, "#fff6e6", share);
export const darker = (hex: string, share: number) => mix(hex, "#0d0b10", share);
