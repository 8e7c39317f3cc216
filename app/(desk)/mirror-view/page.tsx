import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { findMember } from "@/lib/auth/require-member";
import { MirrorView } from "@/lib/ui/mirror-view/mirror-view";

/** Stands inside the desk only; its policy is in lib/runtime/page-headers. */
export default async function MirrorViewPage() {
  if ((await findMember(await headers())) === null) notFound();
  return <MirrorView />;
}
