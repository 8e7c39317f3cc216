"use client";
import { createContext, useContext } from "react";
import type { CatalogueOf } from "./desk-api";

/** The conversation that is open beside the catalogue: its storefront decides what products are called and cost. */
export const OpenConversation = createContext<CatalogueOf>(null);

export const useCatalogueOf = (): CatalogueOf => useContext(OpenConversation);
