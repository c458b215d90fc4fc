import { compileMessages } from '../../messages/index.js';
import type { Documents } from '../../policy/types.js';
import { documentsHash, engineOf } from '../audit/engine-of.js';
import { checkCarried } from '../carried.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import type { TenantOptions } from '../handle/options.js';
import { checkSaid } from '../said.js';
import { documentsOfSet, loadSet } from './sets.js';
import { documentsIn } from './stored-documents.js';

/** What documents make of a tenant's context. */
export type Deciding = Pick<Context, 'engine' | 'messages' | 'decidedBy'>;

/** @throws RecobroError `invalid_document`, `invalid_template` or `invalid_option` */
export function decidingBy(documents: Documents, options: TenantOptions): Deciding {
  checkCarried(documents, options);
  const messages = compileMessages(documents.messages);
  checkSaid(documents, messages, options);
  return {
    engine: engineOf(documents, messages, options),
    messages,
    decidedBy: documentsHash(documents, options),
  };
}

/** The set of documents that a service works with. */
export interface Adopted {
  /** Number of the activation. */
  readonly number: number;
  readonly set: string;
  /** Whether it was taken up just now. */
  readonly changed: boolean;
}

/** Takes up what was activated in the store, for one handle. */
export class Adopter {
  readonly #context: Context;
  readonly #options: TenantOptions;
  readonly #take: (parts: Deciding) => void;
  #adopted: Adopted | undefined;

  /** @param take puts the parts into the context, all in one turn, so that no decision sees some of each */
  constructor(context: Context, options: TenantOptions, take: (parts: Deciding) => void) {
    this.#context = context;
    this.#options = options;
    this.#take = take;
  }

  /**
   * Undefined as long as nothing was ever activated.
   *
   * @throws RecobroError `invalid_option` for a store that keeps no documents; whatever is wrong with the documents for this service
   */
  async adopt(): Promise<Adopted | undefined> {
    const { store, tenant } = this.#context;
    const documents = documentsIn(store);
    const [last] = await documents.activations(tenant, 1);
    if (last === undefined) return undefined;
    const { number, set } = last;
    // A slower look may come in after a newer one.
    const known = this.#adopted;
    if (known !== undefined && known.number >= number) return { ...known, changed: false };
    const parts = decidingBy(
      await documentsOfSet(documents, tenant, await loadSet(documents, tenant, set)),
      this.#options,
    );
    if (this.#adopted !== undefined && this.#adopted.number >= number)
      return { ...this.#adopted, changed: false };
    this.#take(parts);
    this.#adopted = { number, set, changed: false };
    return { number, set, changed: true };
  }

  /** At the beginning of a run. What this service cannot work with stops no message: it goes on with what it has. */
  async look(): Promise<void> {
    if (this.#options.adopt !== true) return;
    try {
      const found = await this.adopt();
      if (found?.changed === true)
        this.#context.logger.info('documents were taken up', { activation: found.number, set: found.set });
    } catch (error) {
      this.#context.logger.error('documents that were activated could not be taken up', {
        code: codeOf(error),
      });
    }
  }
}
