/** A page that never rests: tickers, prices, carousels, lists that load more, widgets that come and go. It does not grow. */
import { cards } from "./shop-html";

/** Animation frames from one replaced card to the next, one load of the long list, one turn of the widgets. */
const CARD_FRAMES = 12;
const LIST_FRAMES = 90;
const WIDGET_FRAMES = 120;
/** Lines of the long list; three nodes each. */
const LINES = 100;
const WIDGETS = 4;
/** Cards have numbers below this: a shop has so many products, and endless ones would be another test. */
const NUMBERS = 500;

interface Churned {
  readonly list: HTMLElement;
  readonly more: HTMLElement;
  readonly stock: HTMLElement;
}

/** Begins, and goes on until the page is closed. @returns how many animation frames the page had so far */
export function churn({ list, more, stock }: Churned): () => number {
  let frame = 0;
  const widgets = document.createElement("div");
  const lines = document.createElement("ul");
  more.append(widgets, lines);

  const turnWidgets = () => {
    widgets.replaceChildren();
    for (let index = 0; index < WIDGETS; index++) {
      const host = document.createElement("div");
      host.attachShadow({ mode: "open" }).innerHTML = `<p>Offer <b>${frame + index}</b></p>`;
      const nested = document.createElement("iframe");
      widgets.append(host, nested);
      if (nested.contentDocument) nested.contentDocument.body.innerHTML = `<p>Banner ${frame + index}</p>`;
    }
  };
  const loadLines = () => {
    const line = (_: unknown, index: number) => `<li><b>Review ${frame + index}</b></li>`;
    lines.innerHTML = Array.from({ length: LINES }, line).join("");
  };
  const step = () => {
    frame++;
    stock.textContent = `Only ${frame} left`;
    const card = list.children[frame % list.children.length];
    card?.classList.toggle("sold");
    const price = card?.querySelector<HTMLElement>(".price");
    if (price) {
      price.textContent = `${frame % 200}.00 EUR`;
      price.style.color = `rgb(${frame % 256},80,80)`;
    }
    if (card && frame % CARD_FRAMES === 0) card.outerHTML = cards(frame % NUMBERS, 1);
    if (frame % LIST_FRAMES === 0) loadLines();
    if (frame % WIDGET_FRAMES === 0) turnWidgets();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return () => frame;
}
