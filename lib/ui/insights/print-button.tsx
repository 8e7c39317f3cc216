"use client";
import { Printer } from "lucide-react";
import { Button } from "@/lib/ui/controls/button";

export function PrintButton(props: { readonly label: string }) {
  return (
    <Button look="quiet" onClick={() => window.print()}>
      <Printer size={18} aria-hidden />
      {props.label}
    </Button>
  );
}
