import { OptionCheck } from '../channels/options.js';
import { checkTemplates } from '../channels/whatsapp/templates.js';
import { RecobroError } from '../errors.js';
import type { MappedTemplates } from '../lint/index.js';
import { readDocumentFile } from './documents.js';

/**
 * A file with what the WhatsApp channel is given as `templates`.
 *
 * @throws RecobroError `invalid_option` listing every entry that is none; `invalid_file`
 */
export async function readTemplates(file: string): Promise<MappedTemplates> {
  const { value } = await readDocumentFile(file);
  const check = new OptionCheck('whatsapp');
  checkTemplates(check, value);
  check.done();
  if (isTemplates(value)) return value;
  throw new RecobroError('invalid_option', `${file} holds no templates by message and language`);
}

/** What was found free of problems. */
function isTemplates(value: unknown): value is MappedTemplates {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
