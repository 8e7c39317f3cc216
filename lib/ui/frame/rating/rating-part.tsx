import { type ComponentProps, lazy, Suspense } from "react";
import { ErrorBoundary } from "../error-boundary";

/** With the end of a conversation: until then nobody needs it. */
const RatingQuestion = lazy(() => import("./rating-question"));

/** Asks how it was; when its chunk does not come, she is not asked. */
export function RatingPart(props: ComponentProps<typeof RatingQuestion>) {
  return (
    <ErrorBoundary fallback={null}>
      <Suspense fallback={null}>
        <RatingQuestion {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}
