/** The number on the tab: in its title, and on its icon for a tab too narrow for a title. */

/** Side of the drawn icon, pixels. */
const SIDE = 64;

export function setTabBadge(title: string, count: number): void {
  document.title = count === 0 ? title : `(${count}) ${title}`;
  const link = iconLink();
  link.href = count === 0 ? "/icon.svg" : drawIcon(count);
}

function iconLink(): HTMLLinkElement {
  const existing = document.querySelector<HTMLLinkElement>("link[data-desk-icon]");
  if (existing) return existing;
  const link = document.createElement("link");
  link.rel = "icon";
  link.dataset.deskIcon = "";
  document.head.append(link);
  return link;
}

function drawIcon(count: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const paint = canvas.getContext("2d");
  if (paint === null) return "/icon.svg";
  paint.fillStyle = "#b4380f";
  paint.beginPath();
  paint.arc(SIDE / 2, SIDE / 2, SIDE / 2, 0, Math.PI * 2);
  paint.fill();
  paint.fillStyle = "#ffffff";
  paint.font = "700 40px system-ui, sans-serif";
  paint.textAlign = "center";
  paint.textBaseline = "middle";
  paint.fillText(count > 9 ? "9+" : String(count), SIDE / 2, SIDE / 2 + 3);
  return canvas.toDataURL("image/png");
}
