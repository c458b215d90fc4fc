/** Any value as text, maps included: two values with one text are the same, byte for byte. */
export function text(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (member instanceof Map ? ['map', ...member] : member));
}
