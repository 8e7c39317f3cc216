"use client";
import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { type FormEvent, useRef, useState } from "react";
import { Button, IconButton } from "@/lib/ui/controls/button";
import { useMessages } from "@/lib/ui/messages/provider";
import type { SigninKey } from "@/lib/ui/messages/signin";
import styles from "./sign-in.module.css";

type Problem = Extract<SigninKey, "wrong" | "tooMany" | "offline" | "failed" | "missing">;

/** What the person should do next; the server never says which of the two was wrong. */
function problemOf(status: number): Problem {
  if (status === 429) return "tooMany";
  return status === 401 || status === 400 ? "wrong" : "failed";
}

async function signIn(email: string, password: string): Promise<Problem | null> {
  try {
    const answer = await fetch("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: email.trim(), password }),
    });
    return answer.ok ? null : problemOf(answer.status);
  } catch {
    return "offline";
  }
}

export function SignInForm({ next }: { readonly next: string }) {
  const t = useMessages<SigninKey>("signin");
  const [state, setState] = useState<Problem | "idle" | "sending">("idle");
  const [shown, setShown] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const problem = state === "idle" || state === "sending" ? null : state;

  async function send(fields: FormData) {
    const email = String(fields.get("email") ?? "");
    const word = String(fields.get("password") ?? "");
    if (!email.trim() || !word) return setState("missing");
    setState("sending");
    const refused = await signIn(email, word);
    // A full load: what was rendered for nobody must not stay in any cache.
    if (refused === null) return window.location.assign(next);
    setState(refused);
    password.current?.select();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void send(new FormData(event.currentTarget));
  }

  return (
    <form
      className={styles.form}
      // What is sent before this script has arrived, React keeps and hands to the action afterwards.
      action={send}
      // Later on we send ourselves: after an action React would empty the fields.
      onSubmit={submit}
      noValidate
      aria-describedby="sign-in-problem"
    >
      <label className={styles.field}>
        <span>{t("email")}</span>
        <input
          className={styles.input}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          aria-invalid={problem === "wrong" || undefined}
          required
        />
      </label>
      <label className={styles.field} htmlFor="sign-in-password">
        <span>{t("password")}</span>
        <span className={styles.secret}>
          <input
            ref={password}
            id="sign-in-password"
            className={styles.input}
            type={shown ? "text" : "password"}
            name="password"
            autoComplete="current-password"
            aria-invalid={problem === "wrong" || undefined}
            required
          />
          <IconButton
            className={styles.eye ?? ""}
            label={t(shown ? "hide" : "show")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={20} aria-hidden /> : <Eye size={20} aria-hidden />}
          </IconButton>
        </span>
      </label>
      <p id="sign-in-problem" className={styles.problem} role="alert" hidden={problem === null}>
        {problem && t(problem)}
      </p>
      <Button look="primary" type="submit" className={styles.submit ?? ""} disabled={state === "sending"}>
        {t(state === "sending" ? "submitting" : "submit")}
      </Button>
    </form>
  );
}
