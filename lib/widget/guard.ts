/**
 * The loader is a guest on a stranger's page: whatever happens in here must not become the page's error.
 * Rest parameters and spreads are avoided in the whole module: they run through Array.prototype, which may be broken.
 */
export function guard<E>(run: (value: E) => void): (value: E) => void {
  return (value) => {
    try {
      run(value);
    } catch {
      // Nobody on this page can act on it, and the page's own error reports must stay the page's.
    }
  };
}

/** Starts an async task whose failure is nobody's unhandled rejection. */
export function start(task: () => Promise<void>): void {
  const quietly = async () => {
    try {
      await task();
    } catch {
      // As above.
    }
  };
  void quietly();
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function isFunction(value: unknown): value is (argument: unknown) => unknown {
  return typeof value === "function";
}
