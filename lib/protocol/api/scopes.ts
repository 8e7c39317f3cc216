/** What a key of the public API may do. */
export const apiScopes = [
  "orders:write",
  "orders:read",
  "catalogue:read",
  "conversations:read",
  "transcripts:read",
  "events:read",
  "reports:read",
] as const;
export type ApiScope = (typeof apiScopes)[number];
