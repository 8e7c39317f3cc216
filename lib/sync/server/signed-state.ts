/**
 * A presence state as it is passed on: with the participant it belongs to, and who that is, as the server knows them.
 * Whatever the state says of that is written over, however it is spelled.
 */
import type { Claims } from "./ports";

export type Identity = Pick<Claims, "participantId" | "name" | "role" | "color">;

const OWN_KEY = '"participantId"';

const shown = ({ name, role, color }: Identity) => ({ name, role, color });

/**
 * @param text JSON of `state`
 * @returns JSON
 */
export function signedState(text: string, state: Readonly<Record<string, unknown>>, who: Identity): string {
  if (isHonest(text, state, who)) return text.slice(0, -1) + endingOf(who);
  return JSON.stringify({ ...state, participantId: who.participantId, who: shown(who) });
}

/**
 * Whether the text already says once, and plainly, whose it is, and nothing of `who`: then `who` needs only be added.
 * Readers may differ in which of two equal keys they believe, and keys may be spelled with escapes; so neither is in it.
 */
function isHonest(text: string, state: Readonly<Record<string, unknown>>, who: Identity): boolean {
  return (
    Object.hasOwn(state, "participantId") &&
    state.participantId === who.participantId &&
    !Object.hasOwn(state, "who") &&
    !text.includes("\\") &&
    text.indexOf(OWN_KEY) === text.lastIndexOf(OWN_KEY) &&
    text.endsWith("}")
  );
}

/** The same for every state of a connection. */
const endings = new WeakMap<Identity, string>();

function endingOf(who: Identity): string {
  const known = endings.get(who);
  if (known !== undefined) return known;
  const ending = `,"who":${JSON.stringify(shown(who))}}`;
  endings.set(who, ending);
  return ending;
}
