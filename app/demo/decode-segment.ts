/** A part of a page's address as the text it stands for; what is no encoded text is taken as it is, and not found. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
