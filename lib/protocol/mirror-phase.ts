/** Where a mirror stands, as a whole room knows it: apart from its session, which only those load who take part in one. */
export const mirrorPhases = ["idle", "proposed", "live", "paused", "suspended"] as const;
export type MirrorPhase = (typeof mirrorPhases)[number];
