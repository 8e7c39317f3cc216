/** How long two people may take to agree on a busy machine. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Looks until what is read is right, and answers it; works in tests, in benchmarks and in the script for the README's picture. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (isRight(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`waited in vain until ${what}; last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
