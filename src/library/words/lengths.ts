/** How many terms each passage of a segment has, from its bytes. */
export function lengthsOf(bytes: Buffer | undefined): Uint16Array {
  // Copied: a Uint16Array can't start at an odd address, as a buffer may.
  return new Uint16Array(new Uint8Array(bytes ?? []).buffer);
}
