/** What a node of the replica is. Its nodes belong to another window, where `instanceof` says nothing; names do. */

const HTML = "http://www.w3.org/1999/xhtml";

const isHtml = (node: Node | null, tag: string): boolean =>
  node !== null && isElement(node) && node.localName === tag && node.namespaceURI === HTML;

export const isElement = (node: Node): node is Element => node.nodeType === 1;
export const isText = (node: Node): node is Text => node.nodeType === 3;
export const isDocument = (node: Node): node is Document => node.nodeType === 9;
/** Nothing but shadow roots are fragments with a host. */
export const isShadow = (node: Node): node is ShadowRoot => node.nodeType === 11 && "host" in node;
export const isScope = (node: Node): node is Document | ShadowRoot => isDocument(node) || isShadow(node);

export const isFrame = (node: Node | null): node is HTMLIFrameElement => isHtml(node, "iframe");
export const isInput = (node: Node | null): node is HTMLInputElement => isHtml(node, "input");
export const isTextarea = (node: Node | null): node is HTMLTextAreaElement => isHtml(node, "textarea");
export const isSelect = (node: Node | null): node is HTMLSelectElement => isHtml(node, "select");
export const isDialog = (node: Node | null): node is HTMLDialogElement => isHtml(node, "dialog");
export const isVideo = (node: Node | null): node is HTMLVideoElement => isHtml(node, "video");
export const isHtmlElement = (node: Node | null): node is HTMLElement =>
  node !== null && isElement(node) && node.namespaceURI === HTML;
/** With a style attribute. */
export const isStyled = (node: Node): node is HTMLElement | SVGElement => isElement(node) && "style" in node;
