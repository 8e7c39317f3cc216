/** What goes on behind a page and makes it look different soon. */
export type WaitedFor = "import" | "pictures";

/** @param pictures that are on their way */
export function waitingFor(isImporting: boolean, pictures: number): WaitedFor | null {
  if (isImporting) return "import";
  return pictures > 0 ? "pictures" : null;
}
