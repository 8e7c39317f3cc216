import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// The only way to it that a thread has: it may be given no flags of V8's.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/**
 * Gives back pixels that nobody holds any more. They lie outside V8's heap, which sees a few small objects and no reason to tidy up:
 * 12 megapixels of one size would lie there until the next two are made. Takes some milliseconds.
 */
export const giveBack = () => collect();
