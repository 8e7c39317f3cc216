/** Runs on a thread, bundled by the start (lib/runtime/launch/threads.mjs): merges a long journal. */
import { type PackedPanel, unpackPanel } from "./packed-panel";
import type { PanelSnapshot } from "./ports";
import { mergeStored } from "./stored-panel";

export default (packed: PackedPanel): Promise<PanelSnapshot> => mergeStored(unpackPanel(packed));
