import { Parser } from "htmlparser2";
import { MAX_RECORD_CHARS, refuseFeed } from "./feed-item";
import type { JsonEntry } from "./json-entries";

/** The JSON-LD of a page, or of several pages after one another. Runs nothing. @throws AppError bad_request */
export async function* readHtmlScripts(text: AsyncIterable<string>): AsyncGenerator<JsonEntry> {
  const ready: string[] = [];
  let script: string | null = null;
  let number = 0;
  // Characters since anything was recognised: a tag without end would be gathered in memory.
  let run = 0;
  const parser = new Parser({
    onopentag(name, { type = "" }) {
      run = 0;
      if (name === "script" && /^application\/ld\+json\b/i.test(type.trim())) script = "";
    },
    ontext(piece) {
      run = 0;
      if (script === null) return;
      script += piece;
      if (script.length > MAX_RECORD_CHARS)
        refuseFeed("entry", number + 1, `a script has more than ${MAX_RECORD_CHARS} characters`);
    },
    onclosetag(name) {
      run = 0;
      if (name === "script" && script !== null) ready.push(script);
      script = null;
    },
  });
  for await (const piece of text) {
    run += piece.length;
    parser.write(piece);
    if (run > MAX_RECORD_CHARS)
      refuseFeed("entry", number + 1, `a tag has more than ${MAX_RECORD_CHARS} characters`);
    for (const json of ready.splice(0)) {
      number += 1;
      yield { number, value: parsed(json, number) };
    }
  }
  parser.end();
  for (const json of ready.splice(0)) yield { number: number + 1, value: parsed(json, number + 1) };
}

function parsed(json: string, number: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    return refuseFeed("entry", number, error instanceof Error ? error.message : String(error));
  }
}
