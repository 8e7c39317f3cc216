import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "../error-boundary";

/** With the first proposal: most conversations have none. */
const BasketParts = lazy(() => import("./basket-parts"));

/** A part of the basket; until its chunk is there, or when it does not come, what stands for it. */
export function BasketPart({
  standIn,
  ...props
}: ComponentProps<typeof BasketParts> & { readonly standIn: ReactNode }) {
  return (
    <ErrorBoundary fallback={standIn}>
      <Suspense fallback={standIn}>
        <BasketParts {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}
