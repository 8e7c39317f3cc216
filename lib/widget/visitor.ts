/**
 * The visitor's pseudonymous token: asked for when it may be kept or when she opens the chat, kept in the shop's own
 * storage, renewed when the server forgot it. How much may be recorded is the shop's word, capped by the server.
 */
import type { ConsentLevel } from "@/lib/protocol/consent";
import { isRecord, start } from "./guard";
import { readSubject } from "./read-subject";
import type { Settings } from "./settings";
import type { Box } from "./storage";
import { writeJson } from "./write-json";

/** Waiting times after a failed word on who she is; then it is left to the next page. */
const RETRY_MS = [2_000, 15_000] as const;

type Purpose = "visit" | "conversation";

/** What may be recorded now. */
export interface Recording {
  readonly level: ConsentLevel;
  /** With `full` only. */
  readonly visitorToken: string | null;
}

export interface Visitor {
  /** For a conversation. Null when the server cannot be reached or refuses this page. */
  token(): Promise<string | null>;
  /** For what is recorded of her way. Null when the server cannot be reached. */
  recording(): Promise<Recording | null>;
  /** The same if it is known already; for the moment when the page goes away. */
  knownRecording(): Recording | null;
  /** What the shop's page said. */
  readonly consent: ConsentLevel | undefined;
  allow(level: ConsentLevel): void;
  /** Who she is, as the shop's server signed it; told as soon as she has a pseudonym. */
  identify(identity: string): void;
  /** She logged out: whoever comes next at this browser is somebody else. */
  logOut(): void;
  /** The server refused this token of hers; if a newer one has come meanwhile, that one stays. */
  forget(refused: string | null): void;
}

/**
 * @param replaced another visitor is at this browser from now on: nothing of the one before may be shown
 * @param renewed the same visitor has a newer token
 */
export function openVisitor(
  settings: Settings,
  box: Box,
  replaced: () => void,
  renewed: () => void,
): Visitor {
  // She asked her browser to say that she does not want to be followed (https://w3c.github.io/gpc/).
  const objects = Reflect.get(navigator, "globalPrivacyControl") === true;
  const { shopKey } = settings;
  const name = `vetrina.visitor.${shopKey}`;
  /** The customer number that this browser's visitor was joined to; empty while only the server knows whether she was. */
  const personName = `vetrina.person.${shopKey}`;
  /** For the shop: says whose an order is. */
  const orderName = `vetrina.order.${shopKey}`;
  /** The last question that is on its way. One at a time: two answers would be two visitors. */
  let asking: { readonly purpose: Purpose; readonly answer: Promise<Recording | null> } | null = null;
  let consent = settings.consent;
  /** As the server answered for this page. */
  let answered: Recording | null = null;
  let identity: string | null = null;
  /** She has opened the chat on this page, or had it open on the one before. */
  let talks = false;
  /** Who she is is being told: until then nothing is recorded of somebody who may be somebody else. */
  let telling: Promise<void> | null = null;

  const post = async (path: string, body: object): Promise<Record<string, unknown> | null> => {
    try {
      const answer = await fetch(settings.origin + path, {
        method: "POST",
        mode: "cors",
        credentials: "omit",
        keepalive: true,
        headers: { "content-type": "text/plain" },
        body: writeJson(body),
      });
      if (!answer.ok) return null;
      const value: unknown = await answer.json();
      return isRecord(value) ? value : null;
    } catch {
      return null;
    }
  };

  /** @returns whether there was a token in the answer */
  const keep = ({ visitorToken, orderToken }: Record<string, unknown>): boolean => {
    if (typeof visitorToken !== "string") return false;
    box.write(name, visitorToken);
    box.write(orderName, typeof orderToken === "string" ? orderToken : null);
    return true;
  };

  const ask = async (purpose: Purpose): Promise<Recording | null> => {
    const answer = await post("/api/v1/visitors", { shopKey, purpose, consent });
    const level = answer?.recording;
    if (answer === null || (level !== "none" && level !== "anonymous" && level !== "full")) return null;
    // Another tab of hers may have been quicker.
    const given = typeof answer.visitorToken === "string" ? answer.visitorToken : null;
    const before = box.read(name);
    const visitorToken = given && (before ?? given);
    if (given !== null) {
      if (before === null) keep(answer);
      tellIdentity();
    }
    answered = { level, visitorToken };
    return answered;
  };

  /** @param found what the answer before may have told already */
  function askSoon(purpose: Purpose, found: () => Recording | null): Promise<Recording | null> {
    const before = asking;
    if (before?.purpose === purpose) return before.answer;
    const answer = (async () => {
      await before?.answer;
      return found() ?? ask(purpose);
    })();
    const mine = { purpose, answer };
    asking = mine;
    start(async () => {
      await answer;
      if (asking === mine) asking = null;
    });
    return answer;
  }

  async function tell(token: string, visitorToken: string, attempt: number): Promise<void> {
    const answer = await post("/api/v1/visitors/identify", { shopKey, visitorToken, identity: token });
    const delay = RETRY_MS[attempt];
    if (answer === null && delay !== undefined)
      setTimeout(() => {
        if (identity === token) start(() => tell(token, box.read(name) ?? visitorToken, attempt + 1));
      }, delay);
    // She may have logged out while this was on its way.
    if (answer === null || box.read(name) !== visitorToken || identity !== token || !keep(answer)) return;
    box.write(personName, readSubject(token));
    if (answer.outcome !== "split") {
      renewed();
      return;
    }
    answered = null;
    replaced();
  }

  function tellIdentity(): void {
    const visitorToken = box.read(name);
    const told = identity;
    if (told === null || visitorToken === null || readSubject(told) === box.read(personName)) return;
    // Who she is, is told of somebody who may be recorded, or who talks with us.
    if (!talks && known()?.level !== "full") return;
    // Whatever becomes of the answer, the server may have joined her: from now on there is somebody to log out.
    if (box.read(personName) === null) box.write(personName, "");
    const done = tell(told, visitorToken, 0);
    telling = done;
    start(async () => {
      await done;
      if (telling === done) telling = null;
    });
  }

  const drop = () => {
    box.write(name, null);
    box.write(personName, null);
    box.write(orderName, null);
    answered = null;
  };

  const known = (): Recording | null => {
    const visitorToken = box.read(name);
    if (objects && consent !== "none") return { level: "anonymous", visitorToken: null };
    // Told by the shop: no need to ask. `full` needs a pseudonym; the server caps it where her browser objects.
    if (consent !== undefined && consent !== "full") return { level: consent, visitorToken: null };
    if (visitorToken !== null && (answered === null || answered.level === "full"))
      return { level: "full", visitorToken };
    return answered !== null && answered.level !== "full" ? { ...answered, visitorToken: null } : null;
  };

  return {
    get consent() {
      return consent;
    },
    async token() {
      talks = true;
      const kept = (): Recording | null => {
        const visitorToken = box.read(name);
        return visitorToken === null ? null : { level: "full", visitorToken };
      };
      if (kept()) tellIdentity();
      return (kept() ?? (await askSoon("conversation", kept)))?.visitorToken ?? null;
    },
    async recording() {
      await telling;
      return known() ?? askSoon("visit", known);
    },
    knownRecording: () => (telling ? null : known()),
    allow(level) {
      if (level === consent) return;
      consent = level;
      answered = null;
      tellIdentity();
    },
    identify(token) {
      identity = token;
      tellIdentity();
    },
    logOut() {
      identity = null;
      // Nobody had logged in here: she stays who she is.
      if (box.read(personName) === null) return;
      const visitorToken = box.read(name);
      drop();
      replaced();
      // What this browser kept must open nothing of hers for whoever has copied it.
      start(async () => void (await post("/api/v1/visitors/logout", { shopKey, visitorToken })));
    },
    forget(refused) {
      // While the server is being told who she is, it may have given her a newer one already.
      if (box.read(name) === refused && !(identity !== null && box.read(personName) === "")) drop();
    },
  };
}
