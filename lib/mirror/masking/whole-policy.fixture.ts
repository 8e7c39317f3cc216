/** Everything that a capture needs of the policy, for its size. Rules are read and checked before they get there. */
export { openGate, openGateMemory } from "./gate";
export { policyFor } from "./policy";
export { openDomReader } from "./read-dom";
