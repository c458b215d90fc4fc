/**
 * The invoice of an item's subject: `F1` of `F1` and `F1~2`. Undefined for a
 * group (`~MXN`) or an instalment of a payment plan (`~plan:p1~1`).
 *
 * @example invoiceOfSubject('F1~2') // 'F1'
 */
export function invoiceOfSubject(subject: string): string | undefined {
  const end = subject.indexOf('~');
  if (end === 0) return undefined;
  return end < 0 ? subject : subject.slice(0, end);
}
