import { isRecord } from "./guard";

/**
 * The customer number inside an identity token, unchecked: only to see whether it is the same person as before. The server
 * checks the signature. Empty when it cannot be read.
 */
export function readSubject(token: string): string {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/")));
    return isRecord(claims) && typeof claims.sub === "string" ? claims.sub : "";
  } catch {
    return "";
  }
}
