import { isAttachment, mostAttachments, mostBytes } from '../channels/attachment.js';
import type { DocumentPort, DocumentRequest } from '../dunning/index.js';
import { check, identical } from './check.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/** What the factory of {@link documentContract} hands out for one case. */
export interface DocumentsUnderTest {
  readonly port: DocumentPort;
  /** Asks for something that there is. */
  readonly request: Omit<DocumentRequest, 'signal'>;
  /** Called after the case, whatever its end. */
  dispose?(): Promise<void>;
}

/**
 * The promises of a {@link DocumentPort} as cases that any test runner can run:
 * files that can be attached, nothing for a name that does not exist, the
 * request left as it was, and many calls at once.
 *
 * @example
 * for (const { name, run } of documentContract(() => ({ port: myDocuments, request }))) test(name, run);
 */
export function documentContract(
  factory: () => DocumentsUnderTest | Promise<DocumentsUnderTest>,
): readonly ContractCase[] {
  return laws.map(({ name, attempt }) => ({ name, run: () => runLaw(name, factory, attempt) }));
}

const laws: readonly { readonly name: string; attempt(bench: DocumentsUnderTest): Promise<void> }[] = [
  {
    name: 'documents: what there is can be attached',
    attempt: async (bench) => checkFiles(await loaded(bench)),
  },
  {
    name: 'documents: there is none under a name that nobody gave',
    async attempt({ port, request }) {
      const { signal } = new AbortController();
      const found = await port.load({ ...request, name: 'no-such-document', signal });
      check(found === undefined || [found].flat().length === 0, 'a document was made up');
    },
  },
  {
    name: 'documents: the request is left as it was',
    async attempt({ port, request }) {
      const before = JSON.stringify(request);
      const own = structuredClone(request);
      await port.load({ ...own, signal: new AbortController().signal });
      identical(JSON.stringify(own), before, 'the request after loading');
    },
  },
  {
    name: 'documents: calls side by side do not mix',
    async attempt(bench) {
      const all = await Promise.all(Array.from({ length: 8 }, () => loaded(bench)));
      for (const files of all) checkFiles(files);
      const names = new Set(all.map((files) => JSON.stringify(files.map(nameOf))));
      check(names.size === 1, 'the same request must bring files of the same names');
    },
  },
];

async function loaded({ port, request }: DocumentsUnderTest): Promise<readonly unknown[]> {
  const { signal } = new AbortController();
  const found = await port.load({ ...request, signal });
  return found === undefined ? [] : [found].flat();
}

function checkFiles(files: readonly unknown[]): void {
  check(files.length > 0, 'there must be a file');
  check(files.length <= mostAttachments, `a message takes at most ${mostAttachments} files`);
  let bytes = 0;
  for (const file of files) {
    check(isAttachment(file), 'a file has a plain name, a media type and at least one byte');
    bytes += file.content.byteLength;
  }
  check(bytes <= mostBytes, `a message takes at most ${mostBytes} bytes`);
}

function nameOf(file: unknown): string {
  return isAttachment(file) ? file.name : '';
}
