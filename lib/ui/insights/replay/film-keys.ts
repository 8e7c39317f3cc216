/** The film by keyboard, wherever in it the focus is: what most players do. */
import { markersOf } from "@/lib/insights/replay/film/film-markers";
import { nextMarker, rates } from "@/lib/insights/replay/film/playhead";
import type { Film } from "@/lib/protocol/film";
import type { Player } from "./player";

/** Milliseconds of one arrow key, and of J and L. */
const STEP_MS = 5_000;
const BIG_STEP_MS = 10_000;

/** @returns whether the key was meant for the film */
export function filmKey(event: KeyboardEvent, player: Player, film: Film): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return false;
  const isSlider = event.target.matches("[type=range]");
  if (!isSlider && event.target.closest("input,textarea,select")) return false;
  const { position, rate } = player.head.get();
  const { length, toFilm } = player.timeline.get();
  const by = (ms: number) => {
    player.seek(position + ms);
    return true;
  };
  const jump = (way: 1 | -1) => {
    const to = nextMarker(
      markersOf(film).map(({ at }) => toFilm(at)),
      position,
      way,
    );
    player.seek(to ?? (way === -1 ? 0 : position));
    return true;
  };
  switch (event.key) {
    case " ":
      // What a button does with it is the button's to do.
      if (event.target.closest("button,summary,a[href]")) return false;
      player.toggle();
      return true;
    case "k":
    case "K":
      player.toggle();
      return true;
    case "ArrowLeft":
      return event.shiftKey ? jump(-1) : by(-STEP_MS);
    case "ArrowRight":
      return event.shiftKey ? jump(1) : by(STEP_MS);
    case "ArrowUp":
      return isSlider && by(STEP_MS);
    case "ArrowDown":
      return isSlider && by(-STEP_MS);
    case "j":
    case "J":
      return by(-BIG_STEP_MS);
    case "l":
    case "L":
      return by(BIG_STEP_MS);
    case "Home":
      player.seek(0);
      return true;
    case "End":
      player.seek(length);
      return true;
    case "<":
    case ">": {
      const next = rates[rates.indexOf(rate) + (event.key === ">" ? 1 : -1)];
      if (next !== undefined) player.setRate(next);
      return true;
    }
    default:
      return false;
  }
}
