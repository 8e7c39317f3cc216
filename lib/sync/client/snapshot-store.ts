/** One immutable value and those who watch it; changes within one task are told once. */
export class SnapshotStore<T extends object> {
  private readonly listeners = new Set<() => void>();
  private told = true;

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => {
      this.listeners.delete(onChange);
    };
  };

  update(change: Partial<T>): void {
    this.value = { ...this.value, ...change };
    if (!this.told) return;
    this.told = false;
    queueMicrotask(() => {
      this.told = true;
      for (const listener of [...this.listeners]) listener();
    });
  }
}
