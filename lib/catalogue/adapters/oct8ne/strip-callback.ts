/** JSON, or JSON in the call of a function ("JSONP"): read as text, never run. */
import { readJsonText } from "../read-answer";

/** `/**\/` in front is a server's own guard; a name may have dots; one call, nothing behind it. */
const CALL = /^(?:\/\*\*\/)?\s*[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,5}\s*\(/;

/** @throws ConnectionProblem shape */
export function readJsonOrCall(text: string, what: string): unknown {
  const body = text.replace(/^\ufeff/, "").trim();
  const [opening] = CALL.exec(body.slice(0, MAX_OPENING_CHARS)) ?? [];
  if (opening === undefined) return readJsonText(body, what);
  const rest = body.endsWith(";") ? body.slice(0, -1).trimEnd() : body;
  return readJsonText(rest.endsWith(")") ? rest.slice(opening.length, -1) : rest, what);
}

/** Characters of a function's name with everything in front of it. */
const MAX_OPENING_CHARS = 300;
