import { handleAuth } from "@/lib/auth/handle-auth";

/** Signing in and out, sessions: answered by better-auth, whose own checks of origin and rate apply. */
export { handleAuth as GET, handleAuth as POST };
