/** Icons of the bar, drawn here: the shop's page may load no pictures of ours. */
const SVG = "http://www.w3.org/2000/svg";
const paths = {
  eye: "M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  pause: "M8 5v14M16 5v14",
  hand: "M4 12a8 8 0 1 0 3-6.2M4 4v4.5h4.5",
  draw: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  arrow: "M5 19L19 5M9 5h10v10",
  ellipse: "M3 12a9 6.5 0 1 0 18 0 9 6.5 0 1 0-18 0",
  pen: "M3 17c4-10 6-10 7-5s3 6 11-5",
  highlighter: "M4 20h16M7 16l1-5 8-8 4 4-8 8z",
  erase: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  done: "M5 13l4.5 4.5L19 7",
  stop: "M6 6l12 12M18 6L6 18",
} as const;

export function drawIcon(document: Document, name: keyof typeof paths): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  drawing.appendChild(path);
  return drawing;
}
