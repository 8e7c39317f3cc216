/** A row of bars, one a value, from nothing to the highest: what is flat looks flat. */
const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

export function sparkline(values: readonly number[]): string {
  const highest = Math.max(...values);
  return values.map((value) => bars[Math.max(0, Math.ceil((value / highest) * bars.length) - 1)]).join("");
}
