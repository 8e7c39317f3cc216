/** Kept free of anything an old Node could stumble over. */
const OLDEST = [20, 19];

export function isSupportedNode(version) {
  const parts = version.split(".").map(Number);
  return parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1]);
}

export function nodeProblem(version) {
  return (
    "Vetrina needs Node " +
    OLDEST.join(".") +
    " or newer, and this is " +
    version +
    ": install a newer one from https://nodejs.org."
  );
}
