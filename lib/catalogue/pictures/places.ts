/**
 * Where what a product shows stands: its pictures from place 0 on, its videos from a place that no picture reaches. So a
 * further picture moves no video, and whoever counts through all of them comes to the pictures first.
 */

/** Pictures of one product; a panel shows them one by one. */
export const MAX_PICTURES = 100;
/** Videos of one product: each costs a server minutes to read. */
export const MAX_VIDEOS = 5;

export const FIRST_VIDEO_PLACE = 1_000;
/** The first place behind them. */
export const END_OF_VIDEOS = FIRST_VIDEO_PLACE + 1_000;

export const wishKinds = ["picture", "video"] as const;
export type WishKind = (typeof wishKinds)[number];
