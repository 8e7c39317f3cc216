/** Properties as the platform has them, taken once from their prototypes: whatever a page puts in their place later. */

export type NativeGetter = <T>(prototype: object, name: string) => (node: object) => T;

export function nativeGetters(view: Window & typeof globalThis): NativeGetter {
  const { apply } = view.Reflect;
  /** The one place that believes what the platform says a property is. */
  return <T>(prototype: object, name: string) => {
    const get = view.Object.getOwnPropertyDescriptor(prototype, name)?.get;
    return (node: object): T => (get ? apply(get, node, []) : undefined) as T;
  };
}
