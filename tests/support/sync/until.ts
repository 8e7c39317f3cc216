/** Waits for a condition, checking every few milliseconds. @throws Error naming it after `withinMs` */
export async function until(what: string, condition: () => boolean, withinMs = 8_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}
