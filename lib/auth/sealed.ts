/**
 * Secrets of shops as they lie in the database: keys to their systems, what their webhooks are signed with. Whoever gets
 * hold of a copy of the database alone cannot read them: the key is the installation's (SECRET), not the database's.
 */
import { createHash } from "node:crypto";
import { CompactEncrypt, compactDecrypt, errors } from "jose";
import { getConfig } from "@/lib/protocol/config-slot";
import { AppError } from "@/lib/protocol/errors";

/** Encrypted with AES-256-GCM, as a compact JWE (RFC 7516). */
export function seal(text: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .encrypt(key());
}

/** @throws AppError unavailable when it was sealed with another installation's secret, or changed since */
export async function unseal(sealed: string): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key(), {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    if (error instanceof errors.JOSEError) {
      throw new AppError("unavailable", "a stored secret cannot be read with this installation's SECRET", {
        cause: error,
      });
    }
    throw error;
  }
}

/** Of its own purpose, so that what is sealed and what is signed never share a key. */
function key(): Uint8Array {
  return createHash("sha256").update(`vetrina sealed secrets\n${getConfig().secret}`).digest();
}
