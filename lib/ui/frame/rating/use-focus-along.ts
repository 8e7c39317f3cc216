import { type KeyboardEvent, useCallback } from "react";

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrow keys go round a group's radios and choose nothing: here choosing means sending, and that takes Space or Enter. */
export function useFocusAlong() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    if (step === undefined) return;
    const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
    const at = radios.findIndex((radio) => radio.matches(":focus"));
    radios.at((at + step) % radios.length)?.focus();
    event.preventDefault();
  }, []);
}
