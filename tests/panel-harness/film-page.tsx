/** One film alone, made of a conversation that a test hands over. Driven through `window.filmHarness`. */
import { createRoot } from "react-dom/client";
import { momentsOf } from "@/lib/insights/replay/film/film-markers";
import { makeTimeline } from "@/lib/insights/replay/film/film-timeline";
import { createPanelTrack } from "@/lib/insights/replay/film/panel-track";
import { readPassage } from "@/lib/insights/replay/film/passage-link";
import { MAX_MARKS_PER_ITEM } from "@/lib/panel/limits";
import { type Film, filmSchema, type Passage } from "@/lib/protocol/film";
import { matchLocale } from "@/lib/protocol/locales";
import { FilmPlayer } from "@/lib/ui/insights/replay/film-player";
import { chatMessages } from "@/lib/ui/messages/chat";
import { replayMessages } from "@/lib/ui/messages/insights-replay";
import { panelMessages } from "@/lib/ui/messages/panel";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import "@/lib/ui/tokens.css";
import "@/lib/ui/base.css";
import "@fontsource-variable/inter/standard.css";
import "./page.css";
import { type MadeFilm, makeFilm } from "./make-film";

const query = new URLSearchParams(location.search);
const locale = matchLocale(query.get("lang")) ?? "en";
const areas = { chat: chatMessages[locale], panel: panelMessages[locale], replay: replayMessages[locale] };
const made: MadeFilm = makeFilm(Number(query.get("strokes") ?? "3"), query.has("video"));
const film: Film = filmSchema.parse({ ...made.film, mayKeep: query.get("agent") === null });
const start = readPassage(Object.fromEntries(query));
const kept: Passage[] = [];

const source = {
  baseUrl: "",
  async load() {
    const track = createPanelTrack();
    track.add(made.rows);
    return { film, track };
  },
  async keep(passage: { name: string; from: number; to: number }) {
    const one = { ...passage, id: String(kept.length), by: "Mara" };
    kept.push(one);
    return one;
  },
  async remove() {},
  async uncover() {
    return fetch(`/api/v1/conversations/x/assets/${made.covered}/uncover`, { method: "POST" }).then(
      ({ ok }) => ok,
    );
  },
};

/** Milliseconds into the film, as the player shows it, of a moment of the conversation. */
function toFilm(at: number): number {
  const skips =
    document.querySelector("[data-testid=film-skip-idle]")?.getAttribute("aria-pressed") === "true";
  const moments = momentsOf(
    film,
    made.rows.map((row) => row.at),
  );
  return makeTimeline(moments, film.startedAt, skips).toFilm(film.startedAt + at);
}
Object.assign(globalThis, {
  filmHarness: { kept, toFilm, strokesAt: made.strokesAt, mostMarks: MAX_MARKS_PER_ITEM },
});

const host = document.getElementById("root");
if (host) {
  host.style.cssText = "max-width:1280px;margin:0 auto;padding:16px";
  createRoot(host).render(
    <MessagesProvider locale={locale} areas={areas}>
      <div style={{ width: "100%" }}>
        <FilmPlayer source={source} start={start} />
      </div>
    </MessagesProvider>,
  );
}
