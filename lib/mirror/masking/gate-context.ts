/** What the parts of the gate share. */
import type { AddressBook } from "./address-book";
import type { AddressRules } from "./addresses";
import type { Policy } from "./policy";
import type { DomReader } from "./read-dom";
import type { StyledData } from "./styled-data";
import type { Taint } from "./taint";

export interface GateContext {
  readonly policy: Policy;
  readonly reader: DomReader;
  readonly taint: Taint;
  readonly styled: StyledData;
  readonly addresses: AddressRules;
  readonly book: AddressBook;
  wasPassword(element: Element): boolean;
}
