/** Ways by which a conversation comes: she followed an invitation, came by herself, or left a message while no desk was open. */
export const channels = ["invitation", "chat", "message"] as const;
export type Channel = (typeof channels)[number];
