"use client";
import Printer from "lucide-react/icons/printer";
import { Button } from "@/lib/ui/controls/button";

export function PrintButton(props: { readonly label: string }) {
  return (
    <Button look="quiet" onClick={() => window.print()}>
      <Printer size={18} aria-hidden />
      {props.label}
    </Button>
  );
}
