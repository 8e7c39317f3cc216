/** The ring: two soft notes, made by the browser itself. Silent until the page has had a click or a key. */

export interface Ring {
  play(): void;
  close(): void;
}

/** Fifth apart, hertz: friendly, and unlike any alarm. */
const NOTES = [659.25, 987.77] as const;
/** Seconds between the notes, and how long one rings out. */
const STEP_SECONDS = 0.16;
const DECAY_SECONDS = 0.9;
const LOUDNESS = 0.16;

export function createRing(createContext: () => AudioContext = () => new AudioContext()): Ring {
  let context: AudioContext | null = null;
  const unlock = () => {
    context ??= createContext();
    void context.resume();
  };
  // Browsers refuse sound before the person has done something.
  const gestures = ["pointerdown", "keydown"] as const;
  for (const gesture of gestures) window.addEventListener(gesture, unlock, { once: true, capture: true });

  return {
    play() {
      if (context === null || context.state !== "running") return;
      for (const [index, frequency] of NOTES.entries()) note(context, frequency, index * STEP_SECONDS);
    },
    close() {
      for (const gesture of gestures) window.removeEventListener(gesture, unlock, { capture: true });
      void context?.close();
      context = null;
    },
  };
}

function note(context: AudioContext, frequency: number, delaySeconds: number): void {
  const start = context.currentTime + delaySeconds;
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + DECAY_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + DECAY_SECONDS);
}
