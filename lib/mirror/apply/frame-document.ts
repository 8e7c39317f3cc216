/** An empty document inside one of the viewer's frames, in the mode in which the page is laid out. */

/** Scripts, forms, popups and navigation stay off; the viewer only needs to reach in. */
export const SANDBOX = "allow-same-origin";

/** @returns null when the frame is in no document */
export function openDocument(frame: HTMLIFrameElement, isQuirks: boolean): Document | null {
  const document = frame.contentDocument;
  if (!document) return null;
  document.open();
  // The only way to a browsing context without quirks that is there at once; nothing of the stream is written.
  document.write(isQuirks ? "<html></html>" : "<!doctype html>");
  document.close();
  document.documentElement?.remove();
  document.adoptedStyleSheets = [];
  return document;
}
