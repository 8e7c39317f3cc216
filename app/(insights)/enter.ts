import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type Member, requireMember } from "@/lib/auth/require-member";
import { AppError } from "@/lib/protocol/errors";

/** The manager who asks, or null for a member with a weaker role; whoever is not signed in is sent to sign in first. */
export async function enterAsManager(path: string): Promise<Member | null> {
  const answer = await requireMember(await headers(), "manager").catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  if (!(answer instanceof AppError)) return answer;
  if (answer.code === "unauthorized") redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (answer.code === "forbidden") return null;
  throw answer;
}
