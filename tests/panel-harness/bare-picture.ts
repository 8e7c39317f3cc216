/** The floor under the panel's figures: one picture on one canvas as large as the stage, and nothing else. */
import "./page.css";

const LONGEST = 2_400;
const ZOOM_STEP = 0.0022;

const canvas = document.createElement("canvas");
canvas.width = innerWidth * devicePixelRatio;
canvas.height = innerHeight * devicePixelRatio;
canvas.style.cssText = "position:fixed;inset:0;width:100%;height:100%";
document.body.replaceChildren(canvas);
const context = canvas.getContext("2d", { alpha: false });
const image = new Image();
image.src = `/picture/6/${LONGEST}`;
await image.decode();

/** As near as the panel's picture is when it is measured. */
const view = { scale: (4 * canvas.width) / image.naturalWidth, x: -canvas.width, y: -canvas.height };
function draw(): void {
  context?.setTransform(view.scale, 0, 0, view.scale, view.x, view.y);
  context?.drawImage(image, 0, 0);
}
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  if (event.shiftKey) view.x -= event.deltaY * devicePixelRatio;
  else {
    const grown = Math.exp(-event.deltaY * ZOOM_STEP);
    const [x, y] = [event.clientX * devicePixelRatio, event.clientY * devicePixelRatio];
    view.scale *= grown;
    view.x = x - (x - view.x) * grown;
    view.y = y - (y - view.y) * grown;
  }
  draw();
});
draw();
document.body.dataset.ready = "true";
