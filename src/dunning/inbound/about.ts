/** How a promise or a reported payment names what it is about: one invoice, several, or none for the whole account. */
export function aboutInvoices(
  invoices: readonly string[],
): { readonly invoice?: string } | { readonly invoices?: readonly string[] } {
  const [only] = invoices;
  if (only === undefined) return {};
  return invoices.length === 1 ? { invoice: only } : { invoices };
}
