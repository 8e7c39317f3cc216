/** Runs `act` for all values, `atOnce` at a time: a thousand handshakes in one instant measure the backlog. */
export async function batches<T, Result>(
  values: readonly T[],
  atOnce: number,
  act: (value: T) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < values.length; from += atOnce) {
    results.push(...(await Promise.all(values.slice(from, from + atOnce).map(act))));
  }
  return results;
}
