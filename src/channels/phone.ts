/** Whether a text is an E.164 number with its plus sign: what providers take without guessing. */
export function isPhone(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}
