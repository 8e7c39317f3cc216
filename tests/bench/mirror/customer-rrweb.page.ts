/** rrweb's recorder in the shop's page, its fields masked as ours are. */
import { record } from "@rrweb/record";
import { openLine } from "./ends";

const line = openLine("customer", () => {});

window.customerEnd = {
  start() {
    record({
      emit: (event) => line.send(JSON.stringify(event)),
      maskAllInputs: true,
      maskInputFn: (text, element) => (element.id === "search" ? text : "*".repeat(text.length)),
    });
  },
};
