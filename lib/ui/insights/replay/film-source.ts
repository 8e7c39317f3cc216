/** Where a player gets its film from: our routes, or a test. */
import { createPanelTrack, type PanelTrack } from "@/lib/insights/replay/film/panel-track";
import { AppError } from "@/lib/protocol/errors";
import { type Film, filmSchema, type Passage, passageSchema } from "@/lib/protocol/film";
import { decodeJournalPage } from "@/lib/protocol/film-journal";
import type { AssetId } from "@/lib/protocol/ids";

export interface LoadedFilm {
  readonly film: Film;
  readonly track: PanelTrack;
}

export interface FilmSource {
  readonly baseUrl: string;
  /** @param onProgress share of the drawing that is there, 0 to 1. @throws AppError */
  load(onProgress: (share: number) => void, signal: AbortSignal): Promise<LoadedFilm>;
  /** @throws AppError */
  keep(passage: { readonly name: string; readonly from: number; readonly to: number }): Promise<Passage>;
  remove(passageId: string): Promise<void>;
  /** Whether the picture may be seen now; who asked is recorded. */
  uncover(assetId: AssetId): Promise<boolean>;
}

/** @param passageId of the kept passage by which one came; for whom the rest of the film is none of it is all there is */
export function filmSource(
  conversationId: string,
  passageId: string | null = null,
  baseUrl = "",
): FilmSource {
  const conversation = `${baseUrl}/api/v1/conversations/${conversationId}`;
  const ask = (path: string, init?: RequestInit) => request(`${conversation}${path}`, init);
  return {
    baseUrl,
    async load(onProgress, signal) {
      const by = new URLSearchParams(passageId === null ? {} : { passage: passageId });
      const film = filmSchema.parse(await (await ask(`/film?${by}`, { signal })).json());
      const track = createPanelTrack();
      let received = 0;
      for (let after: string | null = ""; after !== null; ) {
        if (after !== "") by.set("after", after);
        const response: Response = await ask(`/film/journal?${by}`, { signal });
        const page = decodeJournalPage(new Uint8Array(await response.arrayBuffer()));
        track.add(page.rows);
        received += page.rows.length;
        onProgress(Math.min(1, received / Math.max(1, film.panel.updates)));
        after = page.next;
      }
      return { film, track };
    },
    async keep(passage) {
      const body = JSON.stringify(passage);
      const headers = { "content-type": "application/json" };
      return passageSchema.parse(
        await (await ask("/film/passages", { method: "POST", body, headers })).json(),
      );
    },
    async remove(passageId) {
      await ask(`/film/passages/${passageId}`, { method: "DELETE" });
    },
    uncover: (assetId) =>
      ask(`/assets/${assetId}/uncover`, { method: "POST" }).then(
        () => true,
        () => false,
      ),
  };
}

async function request(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  throw new AppError(response.status === 404 ? "not_found" : "unavailable", `answered ${response.status}`);
}
