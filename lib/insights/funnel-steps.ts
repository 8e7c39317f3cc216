/** How far a product can come that was put forward in a conversation, in this order (SPEC.md, AT30-AT32). */
export const funnelSteps = ["shown", "drawn", "recommended", "carted", "ordered", "kept"] as const;
export type FunnelStep = (typeof funnelSteps)[number];
