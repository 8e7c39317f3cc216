/** Of so many points, the few that get a word: evenly, and always the last one. */
export function fewOf(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % step === 0,
  );
}

/** From zero to the values, on whichever side of it they lie; without any there is still a scale. */
export function spanFromZero(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return [low, low === high ? 1 : high];
}

/** Nobody counts half a conversation: where all values are whole, so are the lines they are read by. */
export function wholeTicks(ticks: readonly number[], values: readonly number[]): number[] {
  return values.every(Number.isInteger) ? ticks.filter(Number.isInteger) : [...ticks];
}
