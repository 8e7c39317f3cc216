/** The named peer of the panel's figures: every mark a Konva node, the stage dragged and scaled, all drawn each frame. */
import Konva from "konva";
import { decodePoints } from "@/lib/panel/pen-points";
import { itemIdSchema } from "@/lib/protocol/ids";
import { manyMarks } from "./marks";
import "./page.css";

const item = { id: itemIdSchema.parse("item-0001"), width: 2400, height: 1800 };
const count = Number(new URLSearchParams(location.search).get("marks") ?? "2000");
const container = document.getElementById("root") as HTMLDivElement;
const stage = new Konva.Stage({ container, width: innerWidth, height: innerHeight, draggable: true });
const layer = new Konva.Layer();
stage.add(layer);
const scale = Math.min(innerWidth / item.width, innerHeight / item.height);
stage.scale({ x: scale, y: scale });

const picture = new Image();
picture.onload = () => {
  layer.add(new Konva.Image({ image: picture, width: item.width, height: item.height }));
  for (const mark of manyMarks(count, item)) layer.add(node(mark));
  document.body.dataset.ready = "true";
};
picture.src = "/picture/1/1600";

function node(mark: ReturnType<typeof manyMarks>[number]): Konva.Shape {
  const stroke = { stroke: mark.color, strokeWidth: mark.width };
  const { x, y, w, h } = mark;
  if (mark.kind === "ellipse")
    return new Konva.Ellipse({ ...stroke, x: x + w / 2, y: y + h / 2, radiusX: w / 2, radiusY: h / 2 });
  if (mark.kind === "rect") return new Konva.Rect({ ...stroke, x, y, width: w, height: h });
  if (mark.kind === "arrow")
    return new Konva.Arrow({ ...stroke, fill: mark.color, points: [x, y, x + w, y + h] });
  const points = mark.points ? decodePoints(mark.points, mark).flatMap((point) => [point.x, point.y]) : [];
  return new Konva.Line({ ...stroke, points, lineCap: "round", lineJoin: "round", tension: 0.4 });
}

stage.on("wheel", ({ evt }) => {
  evt.preventDefault();
  if (evt.shiftKey) {
    stage.x(stage.x() - evt.deltaY);
    return;
  }
  stage.setPointersPositions(evt);
  const at = stage.getPointerPosition();
  if (!at) return;
  const from = stage.scaleX();
  const to = Math.min(scale * 16, Math.max(scale, from * Math.exp(-evt.deltaY * 0.0022)));
  const anchor = { x: (at.x - stage.x()) / from, y: (at.y - stage.y()) / from };
  stage.scale({ x: to, y: to });
  stage.position({ x: at.x - anchor.x * to, y: at.y - anchor.y * to });
});
