import type { Attachment } from './channel.js';
import { isHeaderText } from './mailbox.js';

/** Bytes that all attachments of a message may have together: 10 MiB, about 14 MB as mails carry them. */
export const mostBytes = 10 * 1024 * 1024;
/** Attachments of one message. */
export const mostAttachments = 20;

const longestName = 200;

/**
 * Whether a value is a file that can be attached: a name of one line without a
 * path, a media type without parameters (RFC 6838, 4.2), and at least one byte.
 */
export function isAttachment(value: unknown): value is Attachment {
  if (typeof value !== 'object' || value === null) return false;
  const [name, type, content]: unknown[] = ['name', 'type', 'content'].map((key) => Reflect.get(value, key));
  return (
    typeof name === 'string' &&
    name.trim() !== '' &&
    name.length <= longestName &&
    isHeaderText(name) &&
    !/[/\\]/.test(name) &&
    typeof type === 'string' &&
    /^[a-z0-9][\w!#$&^.+-]{0,126}\/[a-z0-9][\w!#$&^.+-]{0,126}$/i.test(type) &&
    content instanceof Uint8Array &&
    content.byteLength > 0
  );
}
