/** Whether a text is an address with a password in it, as `postgres://user:password@host`. */
export function hasPassword(address: string): boolean {
  return /:\/\/[^/?#@\s]*:[^/?#@\s]+@/.test(address);
}
