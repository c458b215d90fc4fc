/** What a contract suite tries, made anew for each case. */
interface UnderTest {
  dispose?: (() => Promise<void>) | undefined;
}

/**
 * Tries one law of a contract suite on a fresh subject, and says by its name what broke it. The subject is
 * disposed of whatever the end.
 */
export async function runLaw<T extends UnderTest>(
  name: string,
  factory: () => T | Promise<T>,
  attempt: (subject: T) => Promise<void>,
): Promise<void> {
  const subject = await factory();
  try {
    await attempt(subject);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} — broken: ${reason}`, { cause: error });
  } finally {
    await subject.dispose?.();
  }
}
