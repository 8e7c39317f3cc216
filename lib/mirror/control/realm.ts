/** The window that a node's constructors come from: an element of a frame is no `Element` of the page around it. */
export type Realm = Window & typeof globalThis;

export function realmOf(node: Node): Realm | null {
  return (node.nodeType === 9 ? viewOf(node) : node.ownerDocument?.defaultView) ?? null;
}

function viewOf(node: Node): Realm | null {
  return "defaultView" in node && isRealm(node.defaultView) ? node.defaultView : null;
}

function isRealm(value: unknown): value is Realm {
  return typeof value === "object" && value !== null && "HTMLElement" in value;
}

/** Where a same-origin frame's viewport lies in the page's, and the outermost frame; null for what is in no frame. */
export function frameOffset(
  node: Node,
): { readonly x: number; readonly y: number; readonly outermost: Element } | null {
  let x = 0;
  let y = 0;
  let outermost: Element | null = null;
  let frame = realmOf(node)?.frameElement ?? null;
  while (frame !== null) {
    const box = frame.getBoundingClientRect();
    x += box.left + frame.clientLeft;
    y += box.top + frame.clientTop;
    outermost = frame;
    frame = frameAbove(frame);
  }
  return outermost === null ? null : { x, y, outermost };
}

/** The page itself may stand in a frame of another origin, whose element it cannot see. */
function frameAbove(frame: Element): Element | null {
  try {
    return realmOf(frame)?.frameElement ?? null;
  } catch {
    return null;
  }
}
