/** Branded ids: a string that names one kind of thing cannot be passed where another is meant. */
import * as z from "zod/mini";

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type ShopId = Id<"shop">;
export type MemberId = Id<"member">;
export type TeamId = Id<"team">;
export type VisitorId = Id<"visitor">;
export type ConversationId = Id<"conversation">;
export type ParticipantId = Id<"participant">;
export type AssetId = Id<"asset">;
export type ProductId = Id<"product">;
export type ItemId = Id<"item">;
export type MarkId = Id<"mark">;

const uuid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
/** Ids made by browsers inside the panel's document: short, URL-safe, never guessed at. */
const localId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,40}$/));

const of = <T>(schema: typeof uuid) => schema as unknown as z.ZodMiniType<T, string>;

export const shopIdSchema = of<ShopId>(uuid);
export const memberIdSchema = of<MemberId>(uuid);
export const teamIdSchema = of<TeamId>(uuid);
export const visitorIdSchema = of<VisitorId>(uuid);
export const conversationIdSchema = of<ConversationId>(uuid);
export const participantIdSchema = of<ParticipantId>(uuid);
export const assetIdSchema = of<AssetId>(uuid);
export const productIdSchema = of<ProductId>(uuid);
export const itemIdSchema = of<ItemId>(localId);
export const markIdSchema = of<MarkId>(localId);
/** The sender's own id of a message, for idempotent sends. */
export const clientIdSchema = localId;
