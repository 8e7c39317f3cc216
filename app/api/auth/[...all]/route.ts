import { getAuth } from "@/lib/auth/auth";

/** Everything better-auth answers: signing in and out, sessions. Its own checks of origin and rate apply. */
function handle(request: Request): Promise<Response> {
  return getAuth().handler(request);
}

export { handle as GET, handle as POST };
