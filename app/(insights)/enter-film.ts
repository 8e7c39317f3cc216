import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { type FilmAccess, requireFilmAccess } from "@/lib/insights/replay/access";
import { AppError } from "@/lib/protocol/errors";

/**
 * Who may see this conversation's film, or the kept passage of it; whoever is not signed in is sent to sign in first, and
 * comes back to `path`.
 */
export async function enterFilm(
  conversationId: string,
  passageId: string | null,
  path: string,
): Promise<FilmAccess> {
  const answer = await requireFilmAccess(await headers(), conversationId, passageId).catch(
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );
  if (!(answer instanceof AppError)) return answer;
  if (answer.code === "unauthorized") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (answer.code === "not_found") notFound();
  throw answer;
}
