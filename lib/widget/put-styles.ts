/** Constructed style sheets are outside `style-src`; older browsers get a style element with the script's nonce. */
export function putStyles(root: ShadowRoot, css: string, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    // By index: assigning a whole array runs through Array.prototype's iterator, which may be broken.
    root.adoptedStyleSheets[root.adoptedStyleSheets.length] = sheet;
  } catch {
    const style = document.createElement("style");
    style.nonce = nonce;
    style.textContent = css;
    root.appendChild(style);
  }
}
