"use server";
/** Writes of the settings' teams: who asks, what it says, one thing done. */
import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import * as z from "zod/mini";
import { requireMember } from "@/lib/auth/require-member";
import { AppError, type ErrorCode } from "@/lib/protocol/errors";
import { memberIdSchema, teamIdSchema } from "@/lib/protocol/ids";
import { createTeam, deleteTeam, putInTeam } from "@/lib/shops/teams";

/** Null: done. */
export type TeamsResult = ErrorCode | null;

const changeSchema = z.discriminatedUnion("change", [
  z.object({ change: z.literal("add"), name: z.string() }),
  z.object({ change: z.literal("remove"), teamId: teamIdSchema }),
  z.object({ change: z.literal("put"), memberId: memberIdSchema, teamId: z.nullable(teamIdSchema) }),
]);
/** What a browser may ask for; checked again here. */
export type TeamsChange =
  | { readonly change: "add"; readonly name: string }
  | { readonly change: "remove"; readonly teamId: string }
  | { readonly change: "put"; readonly memberId: string; readonly teamId: string | null };

export async function changeTeams(asked: TeamsChange): Promise<TeamsResult> {
  const { shopId } = await requireMember(await headers(), "admin");
  const parsed = changeSchema.safeParse(asked);
  if (!parsed.success) return "bad_request";
  const change = parsed.data;
  try {
    switch (change.change) {
      case "add":
        await createTeam(shopId, change.name);
        break;
      case "remove":
        await deleteTeam(shopId, change.teamId);
        break;
      case "put":
        await putInTeam(shopId, change.memberId, change.teamId);
    }
    revalidatePath("/settings");
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
