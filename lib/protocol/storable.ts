/** Whether PostgreSQL can hold, and so look for, a text that a browser sent: NUL is no character to it. */
export function isStorable(text: string): boolean {
  return !text.includes("\0");
}
