/** A page of Firefox in which scripts can be run, and that tells what it sends and throws. */
import type { CustomerOptions, CustomersPage } from "../customers-browser";
import { type Firefox, openFirefox } from "./bidi";

interface FirefoxPage extends Pick<CustomersPage, "evaluate"> {
  /** A command about this page. */
  send<Result>(method: string, params: object): Promise<Result>;
  readonly close: Firefox["close"];
}

/** What an event of those that are asked for may have. */
interface Told {
  readonly channel?: string;
  readonly data?: { readonly value?: string };
  readonly level?: string;
  readonly type?: string;
  readonly text?: string;
}
interface Answer {
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** Playwright has these by itself. */
const BINDING = `(tell) => {
  globalThis.__name = (value) => value;
  globalThis.sendFrame = (frame) => void tell(frame);
}`;

export async function openFirefoxPage({ script, onFrame, onError }: CustomerOptions): Promise<FirefoxPage> {
  const firefox = await openFirefox(["script.message", "log.entryAdded"], (method, params) => {
    const told = params as Told;
    if (method === "script.message") onFrame(told.data?.value ?? "");
    else if (told.type === "javascript" && told.level === "error") onError(told.text ?? "");
  });
  // A tab of our own: in the first one the address bar has the focus, and so no field of a page.
  const { context } = await firefox.send<{ context: string }>("browsingContext.create", { type: "tab" });
  const channel = { type: "channel", value: { channel: "frames" } };
  await firefox.send("script.addPreloadScript", { functionDeclaration: BINDING, arguments: [channel] });
  await firefox.send("script.addPreloadScript", { functionDeclaration: `() => { ${script} }` });
  return {
    send: (method, params) => firefox.send(method, { context, ...params }),
    close: firefox.close,
    /** As Playwright's: code or a function with one value, whose result is waited for. All that passes is JSON. */
    async evaluate<Result>(what: unknown, given?: unknown): Promise<Result> {
      const run = typeof what === "string" ? "(0, eval)(code)" : `(${what})(json && JSON.parse(json))`;
      const { result, exceptionDetails } = await firefox.send<Answer>("script.callFunction", {
        functionDeclaration: `async (code, json) => JSON.stringify((await ${run}) ?? null)`,
        arguments: [String(what), JSON.stringify(given) ?? ""].map((value) => ({ type: "string", value })),
        awaitPromise: true,
        target: { context },
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result?.value ?? "null");
    },
  };
}
