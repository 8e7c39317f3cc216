/**
 * The part of better-auth that browsers may call. What is not named here is refused, however many calls the library
 * comes to have: a person's name, say, is what the shop's admin calls them, and customers read it.
 */
import { getAuth } from "./auth";

const PREFIX = "/api/auth";
const open: ReadonlySet<string> = new Set([
  "/sign-in/email",
  "/sign-out",
  "/get-session",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/change-password",
]);

export function handleAuth(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!open.has(pathname.slice(PREFIX.length))) {
    return Promise.resolve(Response.json({ code: "NOT_FOUND", message: "no such call" }, { status: 404 }));
  }
  return getAuth().handler(request);
}
