import type { Score } from "@/lib/protocol/rating";

/** From corners down to corners up; in a field of 24 by 24. */
const mouths: Readonly<Record<Score, string>> = {
  1: "M7.5 17.2q4.5-4.6 9 0",
  2: "M8 16.6q4-2.4 8 0",
  3: "M8 15.8h8",
  4: "M8 14.8q4 2.6 8 0",
  5: "M7.2 13.8q4.8 5.8 9.6 0",
};

export function Face({ score }: { readonly score: Score }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="32"
      height="32"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="10" />
      <path d="M8.8 9.2v1M15.2 9.2v1" strokeWidth="2" />
      <path d={mouths[score]} />
    </svg>
  );
}
