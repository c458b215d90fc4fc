import type { AddressHealth } from '../../contact/health.js';
import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';
import { instantText, table } from '../text.js';
import { byOf, byOptions, workingOptions, workingStore } from '../working.js';

const spec: CommandSpec = {
  name: 'restore-address',
  usage: [
    'ACCOUNT --data FOLDER (--config FILE | --preset NAME --zone ZONE)',
    'ACCOUNT CONTACT --by NAME [--channel ID] --data FOLDER (--config FILE | --preset NAME --zone ZONE)',
  ],
  words: 'ACCOUNT [CONTACT]',
  about:
    'Without a contact: lists the addresses of an account that were refused or could not be reached. With one: ' +
    'says that its addresses work again, on one channel or all; the account is reviewed anew. What was written ' +
    'wrongly is mended by telling it anew, with the facts.',
  options: {
    channel: { value: 'ID', help: 'only this channel; one of your own is known by --channels' },
    ...byOptions,
    ...workingOptions,
    language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'Why is nobody written to?',
      command: 'recobro restore-address robles --data ./dunning-data --config documents.json',
    },
    {
      what: 'The mailbox was full and is not any more',
      command:
        'recobro restore-address robles billing --channel email --by eva --reason \'says Inés\' --url "$DATABASE_URL" --config documents.json',
    },
  ],
};

export const restoreAddressCommand: Command = {
  spec,
  async run(args, io) {
    const [account, contact, surplus] = args.words;
    if (account === undefined || surplus !== undefined)
      throw new UsageError('say recobro restore-address ACCOUNT, or recobro restore-address ACCOUNT CONTACT');
    const by = contact === undefined ? undefined : byOf(args);
    const channel = args.text('channel');
    const addresses = await workingStore(args, async ({ dunning, at }) => {
      if (contact !== undefined && by !== undefined)
        await dunning.restoreAddress({ account, contact, channel }, { ...by, now: at });
      return (await dunning.account(account, { at })).addresses;
    });
    if (args.has('json')) outJson(io, { account, addresses });
    else io.out(listed(account, addresses));
    return exit.ok;
  },
};

function listed(account: string, addresses: readonly AddressHealth[]): string {
  if (addresses.length === 0) return `Nothing is known against the addresses of ${account}.\n`;
  const rows = addresses.map(({ contact, channel, state, reason, until, usable }) => [
    contact,
    channel,
    state,
    reason,
    usable ? 'still used' : until === undefined ? 'not used' : `not used until ${instantText(until)}`,
  ]);
  return `${table(['contact', 'channel', 'state', 'what was said', 'use'], rows, []).join('\n')}\n`;
}
