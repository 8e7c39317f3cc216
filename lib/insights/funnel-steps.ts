/** How far a product can come that was put forward in a conversation, in this order (SPEC.md, AT30-AT35). */
export const funnelSteps = ["shown", "drawn", "recommended", "opened", "carted", "ordered", "kept"] as const;
export type FunnelStep = (typeof funnelSteps)[number];

/** What is counted of it: the steps, and what came back of those that were ordered. */
export const funnelCounts = [...funnelSteps, "returned"] as const;
export type FunnelCount = (typeof funnelCounts)[number];
