import type { ButtonHTMLAttributes } from "react";
import styles from "./button.module.css";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
}

/** A button with words. 36 px high with a mouse, 44 px on touch. */
export function Button({ look = "secondary", className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** Every icon has a name: read out, and shown as the tooltip. */
  readonly label: string;
}

/** A square button with one icon. */
export function IconButton({ label, look = "quiet", className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`${buttonClass(look, className)} ${styles.icon}`}
      {...rest}
    />
  );
}

/** The same look for links. */
export function buttonClass(look: ButtonLook, more = ""): string {
  return `${styles.button} ${styles[look]} ${more}`.trim();
}
