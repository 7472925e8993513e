const start = Date.now();

/** Tells a person who watches what is going on. Jest's own output comes only when a file of tests has ended. */
export function tell(text: string): void {
  process.stderr.write(`[${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s] ${text}\n`);
}
