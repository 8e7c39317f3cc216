/**
 * Wire message types on /sync. 0-3 are y-protocols' own (sync, awareness, auth, query awareness);
 * ours start at 16 and carry one variable-length UTF-8 string of JSON each.
 */
export const wire = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, chat: 16, control: 17 } as const;

/** Path of the websocket endpoint; the conversation's id follows as the last segment, the token as `?token=`. */
export const SYNC_PATH = "/sync";
